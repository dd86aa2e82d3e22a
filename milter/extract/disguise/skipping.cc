// See skipping.h.
#include "extract/disguise/skipping.h"

#include "extract/disguise/look_alikes.h"

namespace noshare::extract {

std::size_t next_digit(std::string_view text, std::size_t at) {
  // A digit, or the first byte of what may be one: letters of Latin, Greek, Cyrillic and
  // Hebrew begin otherwise.
  const auto may_be_digit = [](const auto& bytes) {
    const Bytes c = bytes(0);
    return c.is_digit() | c.is('\xC2') | c.is_least(0xD9);
  };
  for (at = next_place<0, 0>(text, at, may_be_digit); at < text.size();
       at = next_place<0, 0>(text, at, may_be_digit)) {
    if (is_ascii_digit(text[at])) break;
    const CodePoint point = code_point_at(text, at);
    const bool punctuation = point.value >= 0x2000 && point.value < 0x2070;
    if (!punctuation && look_alike(point.value).look == DigitLook::kDigit) break;
    at += point.bytes;
  }
  return at;
}

std::size_t end_of_digits(std::string_view text, std::size_t at) {
  if (at < text.size() && !is_ascii_digit(text[at])) {
    return at + code_point_at(text, at).bytes;
  }
  while (at < text.size() && is_ascii_digit(text[at])) ++at;
  return at;
}

}  // namespace noshare::extract
