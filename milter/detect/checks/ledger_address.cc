// Addresses of electronic currencies: base58check, bech32, eip55, monero_address.
//
// Sources: Bitcoin Core src/base58.cpp; BIP 173 and BIP 350 (Bech32, Bech32m); EIP-55;
// CryptoNote standard 007 (Base58 in blocks). Each ends in characters computed from the
// rest by a hash function, so that a passed check leaves no doubt.
#include <algorithm>
#include <array>
#include <cstdint>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/keccak.h"
#include "detect/checks/symbols.h"

namespace noshare::detect {
namespace {

constexpr const char* kBitcoinAlphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr const char* kRippleAlphabet =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
constexpr std::size_t kSumBytes = 4;

// The number that `text` writes in base 58, in exactly N bytes. False when it does not
// fit or a character is foreign.
template <std::size_t N>
bool base58_decoded(const Symbols& symbols, std::string_view text,
                    std::array<std::uint8_t, N>& bytes) {
  bytes.fill(0);
  for (const char c : text) {
    int carry = symbols.value(c);
    if (carry < 0) return false;
    for (std::size_t i = N; i-- > 0;) {
      carry += 58 * bytes[i];
      bytes[i] = static_cast<std::uint8_t>(carry & 0xFF);
      carry >>= 8;
    }
    if (carry != 0) return false;
  }
  return true;
}

template <class Bytes>
std::string_view as_view(const Bytes& bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

class SlowCheck : public Check {
 public:
  int cost_ns() const noexcept override { return 3000; }
};

// A version byte, 20 bytes, and the first four of their double SHA-256.
class Base58Check final : public SlowCheck {
 public:
  Base58Check(const Symbols& symbols, std::vector<int> versions)
      : symbols_(symbols), versions_(std::move(versions)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::array<std::uint8_t, 25> bytes{};
    if (!base58_decoded(symbols_, normalised, bytes)) return false;
    if (std::find(versions_.begin(), versions_.end(), bytes[0]) == versions_.end())
      return false;
    // Each zero byte in front is written as one character for zero, no more, no less.
    const auto zero_bytes = std::find_if(bytes.begin(), bytes.end(),
                                         [](std::uint8_t byte) { return byte != 0; }) -
                            bytes.begin();
    const auto zeros = std::find_if(normalised.begin(), normalised.end(),
                                    [&](char c) { return symbols_.value(c) != 0; }) -
                       normalised.begin();
    if (zero_bytes != zeros) return false;
    const std::size_t body = bytes.size() - kSumBytes;
    const auto once = sha256(as_view(bytes, body));
    const auto twice = sha256(as_view(once, once.size()));
    return std::equal(bytes.begin() + body, bytes.end(), twice.begin());
  }
  std::string_view name() const noexcept override { return "base58check"; }

 private:
  Symbols symbols_;
  std::vector<int> versions_;
};

// A prefix, "1", a witness version, a program of 2 to 40 bytes, six check characters.
class Bech32 final : public SlowCheck {
 public:
  explicit Bech32(std::vector<std::string> prefixes)
      : symbols_(Symbols::from_alphabet("qpzry9x8gf2tvdw0s3jn54khce6mua7l")),
        prefixes_(std::move(prefixes)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    constexpr std::size_t kLongest = 90;
    if (normalised.size() > kLongest) return false;
    return std::any_of(prefixes_.begin(), prefixes_.end(), [&](const auto& prefix) {
      return normalised.size() > prefix.size() && normalised.starts_with(prefix) &&
             normalised[prefix.size()] == '1' &&
             holds(prefix, normalised.substr(prefix.size() + 1));
    });
  }
  std::string_view name() const noexcept override { return "bech32"; }

 private:
  static std::uint32_t step(std::uint32_t sum, std::uint32_t value) {
    constexpr std::array<std::uint32_t, 5> kGenerator = {
        0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
    const std::uint32_t top = sum >> 25;
    sum = (sum & 0x1FFFFFF) << 5 ^ value;
    for (std::uint32_t i = 0; i < kGenerator.size(); ++i) {
      if ((top >> i & 1) != 0) sum ^= kGenerator[i];
    }
    return sum;
  }

  bool holds(std::string_view prefix, std::string_view data) const {
    constexpr std::size_t kCheckCharacters = 6;
    constexpr std::uint32_t kBech32 = 1, kBech32m = 0x2BC830A3;
    if (data.size() < kCheckCharacters + 5) return false;
    std::uint32_t sum = 1;
    for (const char c : prefix) sum = step(sum, static_cast<std::uint32_t>(c) >> 5);
    sum = step(sum, 0);
    for (const char c : prefix) sum = step(sum, static_cast<std::uint32_t>(c) & 31);
    for (const char c : data) {
      const int value = symbols_.value(c);
      if (value < 0) return false;
      sum = step(sum, static_cast<std::uint32_t>(value));
    }
    const int version = symbols_.value(data.front());
    const std::size_t bytes = (data.size() - 1 - kCheckCharacters) * 5 / 8;
    if (version > 16 || bytes < 2 || bytes > 40) return false;
    if (version == 0) return sum == kBech32 && (bytes == 20 || bytes == 32);
    return sum == kBech32m;
  }

  Symbols symbols_;
  std::vector<std::string> prefixes_;
};

// "0x" and 40 hexadecimal digits; a letter is a capital where the hash of the lower-case
// digits has a high nibble. In one case alone there is nothing to check.
class Eip55 final : public SlowCheck {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    constexpr std::size_t kDigits = 40;
    if (normalised.size() != kDigits + 2) return false;
    std::array<char, kDigits> lower{};
    bool any_lower = false, any_upper = false;
    for (std::size_t i = 0; i < kDigits; ++i) {
      const char c = normalised[i + 2];
      any_lower = any_lower || (c >= 'a' && c <= 'f');
      any_upper = any_upper || (c >= 'A' && c <= 'F');
      lower[i] = ascii_lower(c);
    }
    if (!any_lower || !any_upper) return true;
    const auto hash = keccak256(as_view(lower, kDigits));
    for (std::size_t i = 0; i < kDigits; ++i) {
      if (!is_ascii_alpha(lower[i])) continue;
      const int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
      if ((nibble >= 8) != is_ascii_upper(normalised[i + 2])) return false;
    }
    return true;
  }
  std::string_view name() const noexcept override { return "eip55"; }
};

// A network byte, two keys, perhaps a payment id, and four bytes of their Keccak-256, in
// blocks of eight bytes as eleven characters.
class MoneroAddress final : public SlowCheck {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    constexpr std::size_t kBlock = 11, kLastBlock = 7, kBlockBytes = 8, kLastBytes = 5;
    constexpr std::size_t kPlain = 95, kIntegrated = 106;
    constexpr std::array<std::uint8_t, 3> kNetworks = {18, 19, 42};  // main network
    if (normalised.size() != kPlain && normalised.size() != kIntegrated) return false;
    std::array<std::uint8_t, 77> bytes{};
    std::size_t size = 0;
    while (normalised.size() > kLastBlock) {
      std::array<std::uint8_t, kBlockBytes> block{};
      if (!base58_decoded(symbols_, normalised.substr(0, kBlock), block)) return false;
      std::copy(block.begin(), block.end(), bytes.begin() + size);
      size += block.size();
      normalised.remove_prefix(kBlock);
    }
    std::array<std::uint8_t, kLastBytes> last{};
    if (!base58_decoded(symbols_, normalised, last)) return false;
    std::copy(last.begin(), last.end(), bytes.begin() + size);
    size += last.size();
    if (std::find(kNetworks.begin(), kNetworks.end(), bytes[0]) == kNetworks.end())
      return false;
    const auto hash = keccak256(as_view(bytes, size - kSumBytes));
    return std::equal(hash.begin(), hash.begin() + kSumBytes,
                      bytes.begin() + size - kSumBytes);
  }
  std::string_view name() const noexcept override { return "monero_address"; }

 private:
  Symbols symbols_ = Symbols::from_alphabet(kBitcoinAlphabet);
};

}  // namespace

// versions  the first byte may be one of these: [0, 5] for Bitcoin
// alphabet  bitcoin (default) or ripple
Result<std::unique_ptr<Check>> make_base58check(const Json& json) {
  Parameters parameters("base58check", json);
  parameters.require("versions");
  const std::vector<int> versions = parameters.integers("versions", 0, 255);
  const std::string alphabet = parameters.text("alphabet", "bitcoin");
  if (alphabet != "bitcoin" && alphabet != "ripple")
    parameters.fault("'alphabet' must be bitcoin or ripple");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Base58Check>(
      Symbols::from_alphabet(alphabet == "ripple" ? kRippleAlphabet : kBitcoinAlphabet),
      versions);
}

// prefixes  what may stand before the "1": [bc]
Result<std::unique_ptr<Check>> make_bech32(const Json& json) {
  Parameters parameters("bech32", json);
  parameters.require("prefixes");
  const std::vector<std::string> prefixes = parameters.texts("prefixes");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Bech32>(prefixes);
}

Result<std::unique_ptr<Check>> make_eip55(const Json& json) {
  NOSHARE_CHECK(Parameters("eip55", json).finish());
  return std::make_unique<Eip55>();
}

Result<std::unique_ptr<Check>> make_monero_address(const Json& json) {
  NOSHARE_CHECK(Parameters("monero_address", json).finish());
  return std::make_unique<MoneroAddress>();
}

}  // namespace noshare::detect
