// Looks up words in the gazetteer; see name_table.h.
#include "detect/recognizers/name_table.h"

namespace noshare::detect::name_table {

namespace {

std::uint32_t offset_at(std::uint32_t slot) noexcept {
  std::uint32_t offset = 0;
  for (std::uint32_t i = 4; i > 0; --i) {
    offset = offset << 8 | static_cast<unsigned char>(kSlots[slot * 4 + i - 1]);
  }
  return offset;
}

}  // namespace

unsigned lookup(std::string_view lower_case_word) noexcept {
  std::uint32_t hash = 0x811C9DC5;  // FNV-1a, 32 bits
  for (const char c : lower_case_word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  }
  for (std::uint32_t slot = hash & kSlotMask;; slot = (slot + 1) & kSlotMask) {
    const std::uint32_t offset = offset_at(slot);
    if (offset == 0) return 0;
    const char* entry = kPool + offset;
    const auto size = static_cast<unsigned char>(entry[0]);
    if (lower_case_word == std::string_view(entry + 2, size)) {
      return static_cast<unsigned char>(entry[1]);
    }
  }
}

}  // namespace noshare::detect::name_table
