#include "noshare/store/totp.h"

#include <array>
#include <cstdio>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "noshare/base/assert.h"

namespace noshare::store {

namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kMostDrift = 1;

std::string base32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += kAlphabet[bits >> (count - 5) & 31U];
  }
  if (count > 0) text += kAlphabet[bits << (5 - count) & 31U];
  return text;
}

}  // namespace

std::string new_totp_secret() {
  std::string secret(kSecretBytes, '\0');
  NOSHARE_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(secret.data()),
                            static_cast<int>(secret.size())) == 1);
  return secret;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >>
                                            (8 * (counter.size() - 1 - i)));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
       counter.size(), mac.data(), &size);
  const std::size_t at = mac[size - 1] & 15U;
  std::uint32_t number = mac[at] & 0x7FU;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8U | mac[at + i];
  std::array<char, 8> code{};
  std::snprintf(code.data(), code.size(), "%06u", number % 1'000'000U);
  return code.data();
}

std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                         std::int64_t unix_seconds) {
  const std::int64_t now = unix_seconds / kTotpStepSeconds;
  for (std::int64_t step = now - kMostDrift; step <= now + kMostDrift; ++step) {
    const std::string expected = totp_code(secret, step);
    if (code.size() == expected.size() &&
        CRYPTO_memcmp(code.data(), expected.data(), code.size()) == 0) {
      return step;
    }
  }
  return std::nullopt;
}

std::string totp_uri(std::string_view secret, std::string_view account) {
  return "otpauth://totp/noshare:" + std::string(account) + "?secret=" + base32(secret) +
         "&issuer=noshare";
}

}  // namespace noshare::store
