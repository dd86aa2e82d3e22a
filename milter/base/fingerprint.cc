#include "noshare/base/fingerprint.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "noshare/base/assert.h"
#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/base/fingerprint_maker.h"
#include "noshare/base/text.h"

namespace noshare {

namespace {

const unsigned char* as_unsigned(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void start_sodium() {
  static const bool started = sodium_init() >= 0;
  NOSHARE_ASSERT(started);
}

// Creates the key file unless it is there; a loser of a race reads the winner's key.
Result<void> create_key_file(const std::filesystem::path& path) {
  start_sodium();
  std::string key(crypto_auth_hmacsha256_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  const std::string temporary = path.string() + "." + std::to_string(::getpid());
  auto written = write_file_atomically(temporary, key, 0600);
  sodium_memzero(key.data(), key.size());
  NOSHARE_CHECK(std::move(written));
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  errno = error;
  if (!linked && error != EEXIST) return fail_errno("cannot create " + path.string());
  return {};
}

// `state` has taken in the key; it is of no use afterwards.
Fingerprint finished(crypto_auth_hmacsha256_state& state, std::string_view kind,
                     std::string_view value) {
  // The kind's length goes first, so that ("ab", "c") and ("a", "bc") differ.
  const auto length = static_cast<unsigned char>(std::min<std::size_t>(kind.size(), 255));
  crypto_auth_hmacsha256_update(&state, &length, 1);
  crypto_auth_hmacsha256_update(&state, as_unsigned(kind), kind.size());
  crypto_auth_hmacsha256_update(&state, as_unsigned(value), value.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> full{};
  crypto_auth_hmacsha256_final(&state, full.data());
  Fingerprint result;
  std::copy_n(full.begin(), result.bytes.size(), result.bytes.begin());
  return result;
}

}  // namespace

std::string Fingerprint::hex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

Result<Fingerprint> fingerprint_from_hex(std::string_view hex) {
  Fingerprint value;
  std::size_t size = 0;
  const char* end = nullptr;
  const bool read = sodium_hex2bin(value.bytes.data(), value.bytes.size(), hex.data(),
                                   hex.size(), nullptr, &size, &end) == 0;
  if (!read || size != value.bytes.size() || end != hex.data() + hex.size()) {
    return fail(ErrorCode::kInvalidInput, "a fingerprint has 32 hexadecimal digits");
  }
  return value;
}

FingerprintKey FingerprintKey::random() {
  start_sodium();
  FingerprintKey key;
  randombytes_buf(key.key_.data(), key.key_.size());
  return key;
}

Result<FingerprintKey> FingerprintKey::from_bytes(std::string_view bytes) {
  start_sodium();
  FingerprintKey key;
  if (bytes.size() != key.key_.size()) {
    return fail(ErrorCode::kCorrupt,
                "a fingerprint key has 32 bytes, not " + std::to_string(bytes.size()));
  }
  std::copy(bytes.begin(), bytes.end(), key.key_.begin());
  return key;
}

Result<FingerprintKey> FingerprintKey::load_or_create(const std::filesystem::path& path) {
  if (::access(path.c_str(), F_OK) != 0) NOSHARE_CHECK(create_key_file(path));
  NOSHARE_TRY(std::string bytes, read_file(path, 4096));
  auto key = from_bytes(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  if (!key) return fail(ErrorCode::kCorrupt, path.string() + ": " + key.error().message);
  return key;
}

FingerprintKey::~FingerprintKey() { sodium_memzero(key_.data(), key_.size()); }

Fingerprint FingerprintKey::of(std::string_view kind, std::string_view value) const {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key_.data(), key_.size());
  return finished(state, kind, value);
}

struct FingerprintMaker::State {
  crypto_auth_hmacsha256_state keyed;
  ~State() { sodium_memzero(&keyed, sizeof keyed); }
};

FingerprintMaker::FingerprintMaker(const FingerprintKey& key)
    : state_(std::make_unique<State>()) {
  start_sodium();
  crypto_auth_hmacsha256_init(&state_->keyed, as_unsigned(key.bytes()),
                              key.bytes().size());
}

FingerprintMaker::~FingerprintMaker() = default;
FingerprintMaker::FingerprintMaker(FingerprintMaker&&) noexcept = default;
FingerprintMaker& FingerprintMaker::operator=(FingerprintMaker&&) noexcept = default;

Fingerprint FingerprintMaker::of(std::string_view kind, std::string_view value) const {
  crypto_auth_hmacsha256_state state = state_->keyed;
  return finished(state, kind, value);
}

std::string_view FingerprintKey::bytes() const noexcept {
  return {reinterpret_cast<const char*>(key_.data()), key_.size()};
}

ShortHashKey ShortHashKey::derive(const FingerprintKey& key, std::string_view purpose) {
  static_assert(crypto_shorthash_KEYBYTES == sizeof(Fingerprint::bytes));
  ShortHashKey derived;
  derived.key_ = key.of("short hash key", purpose).bytes;
  return derived;
}

ShortHashKey::~ShortHashKey() { sodium_memzero(key_.data(), key_.size()); }

std::uint64_t ShortHashKey::of(std::string_view bytes) const noexcept {
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), as_unsigned(bytes), bytes.size(), key_.data());
  std::uint64_t value = 0;
  static_assert(sizeof value == sizeof hash);
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

std::string digest(std::string_view bytes) {
  start_sodium();
  std::string result(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     as_unsigned(bytes), bytes.size(), nullptr, 0);
  return result;
}

std::array<std::uint8_t, 32> sha256(std::string_view bytes) noexcept {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), as_unsigned(bytes), bytes.size());
  return hash;
}

std::string normalised_address(std::string_view address) {
  address = trimmed(address);
  if (address.size() >= 2 && address.front() == '<' && address.back() == '>') {
    address = trimmed(address.substr(1, address.size() - 2));
  }
  return ascii_lowered(address);
}

std::string address_domain(std::string_view address) {
  const std::string normal = normalised_address(address);
  const std::size_t at = normal.rfind('@');
  return at == std::string::npos ? std::string() : normal.substr(at + 1);
}

}  // namespace noshare

std::size_t std::hash<noshare::Fingerprint>::operator()(
    const noshare::Fingerprint& value) const noexcept {
  std::size_t result = 0;  // the bytes are a keyed hash already
  std::memcpy(&result, value.bytes.data(), sizeof result);
  return result;
}
