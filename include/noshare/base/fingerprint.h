// Fingerprints: personal values made comparable without being readable.
//
// In:  a normalised value and what kind of value it is     Out: 16 bytes
// HMAC-SHA-256 (RFC 2104, FIPS 180-4) under the installation's key, cut to 128 bits.
// Without the key, nobody can test guesses against a fingerprint; with it, equal values
// are equal.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare {

struct Fingerprint {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Fingerprint&) const = default;
  bool is_null() const noexcept { return *this == Fingerprint{}; }
  std::string hex() const;  // 32 lower-case hexadecimal digits
};

// Errors: kInvalidInput unless `hex` is 32 hexadecimal digits.
Result<Fingerprint> fingerprint_from_hex(std::string_view hex);

// The installation's secret key of 32 bytes. Copies are wiped when freed.
class FingerprintKey {
 public:
  // A key of random bytes, for one run only.
  static FingerprintKey random();
  // Reads the key file (32 bytes, mode 0600 or 0640), or creates it with random bytes.
  static Result<FingerprintKey> load_or_create(const std::filesystem::path& path);
  static Result<FingerprintKey> from_bytes(std::string_view bytes);

  FingerprintKey(const FingerprintKey&) = default;
  FingerprintKey& operator=(const FingerprintKey&) = default;
  ~FingerprintKey();

  // `kind` separates value spaces: the entity id, or a word such as "message". `value`
  // must be normalised already: spellings that mean the same must be the same bytes.
  Fingerprint of(std::string_view kind, std::string_view value) const;
  std::string_view bytes() const noexcept;  // to hand it to a worker; never log it

 private:
  FingerprintKey() = default;
  std::array<std::uint8_t, 32> key_{};
};

// A short keyed hash for tables of many millions of values, some twenty times as fast as
// a Fingerprint: SipHash-2-4 (Aumasson and Bernstein, 2012) under a key that is derived
// from the installation's.
class ShortHashKey {
 public:
  // `purpose` separates the hashes of one table from those of another.
  static ShortHashKey derive(const FingerprintKey& key, std::string_view purpose);
  std::uint64_t of(std::string_view bytes) const noexcept;

  ShortHashKey(const ShortHashKey&) = default;
  ShortHashKey& operator=(const ShortHashKey&) = default;
  ~ShortHashKey();

 private:
  ShortHashKey() = default;
  std::array<std::uint8_t, 16> key_{};
};

// A fixed-size stand-in for many bytes, such as a message's body: 32 bytes of BLAKE2b
// (RFC 7693). Not keyed: never a stand-in for a personal value.
std::string digest(std::string_view bytes);

// SHA-256 (FIPS 180-4), for formats that carry one. Not keyed either.
std::array<std::uint8_t, 32> sha256(std::string_view bytes) noexcept;

// E-mail addresses are compared in this form: local part as written but lower case,
// domain lower case, surrounding angle brackets and white space gone. Used by scan and
// policy alike.
std::string normalised_address(std::string_view address);
// The part after the last '@', lower case; empty without one.
std::string address_domain(std::string_view address);

}  // namespace noshare

template <>
struct std::hash<noshare::Fingerprint> {
  std::size_t operator()(const noshare::Fingerprint& value) const noexcept;
};
