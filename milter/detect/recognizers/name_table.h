// The gazetteer of names, as written by tables/make_name_table.py at build time.
//
// In:  a word in lower case     Out: whether it is known as a name, and as a common word
// Source: python3-fake-factory's name lists (Expat), wamerican (public domain); see
// NOTICE.
#pragma once

#include <cstdint>
#include <string_view>

namespace noshare::detect::name_table {

enum Known : unsigned {
  kFirst = 1,   // a given name somewhere
  kLast = 2,    // a family name somewhere
  kCommon = 4,  // an ordinary English word
};

struct Slot {
  std::uint32_t offset;  // into kPool
  std::uint8_t size;     // 0: empty
  std::uint8_t known;
};

// An open hash table: FNV-1a, the next free slot on collision.
extern const unsigned char kPool[];
extern const Slot kSlots[];
extern const std::uint32_t kSlotMask;

unsigned lookup(std::string_view lower_case_word) noexcept;

}  // namespace noshare::detect::name_table
