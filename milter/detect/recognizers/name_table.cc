// Looks up words in the gazetteer; see name_table.h.
#include "detect/recognizers/name_table.h"

#include <cstring>

namespace noshare::detect::name_table {

unsigned lookup(std::string_view lower_case_word) noexcept {
  std::uint32_t hash = 0x811C9DC5;  // FNV-1a, 32 bits
  for (const char c : lower_case_word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  }
  for (std::uint32_t at = hash & kSlotMask; kSlots[at].size != 0;
       at = (at + 1) & kSlotMask) {
    if (kSlots[at].size == lower_case_word.size() &&
        std::memcmp(kPool + kSlots[at].offset, lower_case_word.data(),
                    lower_case_word.size()) == 0) {
      return kSlots[at].known;
    }
  }
  return 0;
}

}  // namespace noshare::detect::name_table
