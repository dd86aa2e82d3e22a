// The gazetteer of names, as written by tables/make_name_table.py at build time.
//
// In:  a word in lower case     Out: whether it is known as a name, and as a common word
// Source: python3-fake-factory's name lists (Expat), the census of the United States and
// wamerican (public domain); see NOTICE.
#pragma once

#include <cstdint>
#include <string_view>

namespace noshare::detect::name_table {

enum Known : unsigned {
  kFirst = 1,       // a given name somewhere
  kLast = 2,        // a family name somewhere
  kCommon = 4,      // an ordinary English word
  kFrequent = 8,    // so frequent a family name that being a word matters little
  kWellKnown = 16,  // likewise a given name
};

// An open hash table: FNV-1a, the next free slot on collision. A slot is the offset of an
// entry in kPool, four bytes, little-endian; 0: free. An entry: size, Known, the word.
extern const char kSlots[];
extern const char kPool[];
extern const std::uint32_t kSlotMask;

unsigned lookup(std::string_view lower_case_word) noexcept;

}  // namespace noshare::detect::name_table
