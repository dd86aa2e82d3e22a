// The bytes of an index file, version 1. Little-endian, each section at a multiple of 64.
//
//   header     IndexHeader, 4096 bytes
//   filter     `filter_blocks` blocks of 64 bytes: a blocked Bloom filter over the hashes
//              of primary values (Putze, Sanders and Singler, 2007)
//   directory  65,537 numbers of 8 bytes: where the hashes with each upper 16 bits begin
//   hashes     `entries` hashes of 8 bytes, ascending: SipHash of column type and value
//   owners     `entries` numbers of 4 bytes: the record that each hash belongs to
//   records    `records` times `record_bytes`: the customer's Fingerprint, the subject's,
//              then for each column the upper 4 bytes of its value's hash, 0 for none
// A record whose fingerprint is null has been replaced or removed.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "noshare/base/fingerprint.h"
#include "noshare/config/customers.h"

namespace noshare::customers {

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::size_t kHeaderBytes = 4096;
inline constexpr std::size_t kMostColumns = 16;
inline constexpr std::size_t kBlockBytes = 64;
inline constexpr std::size_t kDirectoryCells = (1U << 16) + 1;
inline constexpr std::uint64_t kMostRecords = 0xFFFFFFFFULL;

struct ColumnHeader {
  std::uint8_t type = 0;
  std::uint8_t primary = 0;
  std::uint8_t most_words = 1;  // of the longest value
  std::uint8_t first = 0;       // kFirstDigit, kFirstLetter: how its values begin
  std::array<char, 52> name{};  // ends in a zero
  std::uint64_t lengths =
      0;  // bit n: some value's form has n bytes, 63 or more in bit 63
};
static_assert(sizeof(ColumnHeader) == 64);
inline constexpr std::uint8_t kFirstDigit = 1;
inline constexpr std::uint8_t kFirstLetter = 2;
constexpr std::uint64_t length_bit(std::size_t bytes) {
  return std::uint64_t{1} << (bytes < 63 ? bytes : 63U);
}
inline std::uint8_t first_bit(std::string_view form) {
  return !form.empty() && form.front() >= '0' && form.front() <= '9' ? kFirstDigit
                                                                     : kFirstLetter;
}

struct IndexHeader {
  std::array<char, 8> magic{'N', 'S', 'C', 'U', 'S', 'T', 'O', 'M'};
  std::uint32_t version = kFormatVersion;
  std::uint32_t columns = 0;
  std::array<std::uint8_t, 16>
      key_check{};                        // FingerprintKey::of("customer index", "key")
  std::array<std::uint8_t, 32> source{};  // digest() of the source file's state
  std::uint64_t records = 0;
  std::uint64_t live = 0;
  std::uint64_t entries = 0;
  std::uint64_t filter_blocks = 0;
  std::uint64_t record_bytes = 0;
  std::array<ColumnHeader, kMostColumns> column{};
};
static_assert(std::is_trivially_copyable_v<IndexHeader>);
static_assert(sizeof(IndexHeader) <= kHeaderBytes);

constexpr std::uint64_t aligned(std::uint64_t at) { return (at + 63) / 64 * 64; }

// Where each section begins.
struct Layout {
  explicit constexpr Layout(const IndexHeader& header)
      : filter(kHeaderBytes),
        directory(filter + header.filter_blocks * kBlockBytes),
        hashes(aligned(directory + kDirectoryCells * sizeof(std::uint64_t))),
        owners(aligned(hashes + header.entries * sizeof(std::uint64_t))),
        records(aligned(owners + header.entries * sizeof(std::uint32_t))),
        end(records + header.records * header.record_bytes) {}
  std::uint64_t filter, directory, hashes, owners, records, end;
};

constexpr std::size_t kRecordHead = 2 * sizeof(Fingerprint::bytes);
constexpr std::uint64_t record_bytes(std::size_t columns) {
  return kRecordHead + columns * sizeof(std::uint32_t);
}

inline Fingerprint key_check(const FingerprintKey& key) {
  return key.of("customer index", "key");
}
inline ShortHashKey hash_key(const FingerprintKey& key) {
  return ShortHashKey::derive(key, "customer index");
}
// Values of different types never meet: the type is hashed with them.
inline std::uint64_t value_hash(const ShortHashKey& key, config::ColumnType type,
                                std::string_view form, std::string& scratch) {
  scratch.assign(1, static_cast<char>(type));
  scratch += form;
  return key.of(scratch);
}
// A column's place in a record: never 0, which stands for "no value".
inline std::uint32_t column_check(std::uint64_t hash) {
  const auto upper = static_cast<std::uint32_t>(hash >> 32U);
  return upper == 0 ? 1 : upper;
}

// The filter: 12 bits for each value, 7 of which are set; about 1 in 200 strangers
// passes.
inline constexpr std::uint64_t kFilterBits = 12;
inline constexpr int kFilterProbes = 7;
inline std::uint64_t filter_blocks_for(std::uint64_t entries) {
  return entries * kFilterBits / (kBlockBytes * 8) + 1;
}
inline std::uint64_t filter_block(std::uint64_t hash, std::uint64_t blocks) {
  return ((hash >> 32U) * blocks) >> 32U;
}
// Calls on_bit(word, mask) for each of the bits of a hash within its block.
template <class OnBit>
void filter_bits(std::uint64_t hash, OnBit&& on_bit) {
  std::uint64_t mixed = hash * 0x9E3779B97F4A7C15ULL;  // 2^64 divided by the golden ratio
  for (int i = 0; i < kFilterProbes; ++i) {
    const auto bit = static_cast<unsigned>(mixed >> 55U);  // 9 bits: 512 places
    on_bit(bit / 64, std::uint64_t{1} << (bit % 64));
    mixed = mixed << 9U | mixed >> 55U;
  }
}

}  // namespace noshare::customers
