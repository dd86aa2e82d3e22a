// Named and numeric character references. See html_entities.h.
#include "extract/html_entities.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

struct NamedReference {
  std::string_view name;
  std::string_view utf8;
  bool bare;  // also valid without a semicolon
};

constexpr NamedReference kNamed[] = {
#include "html_entities.inc"  // written by html_entities.py
};
constexpr std::size_t kLongestName = 32;  // "CounterClockwiseContourIntegral" has 31
constexpr std::size_t kLongestBareName = 6;

const NamedReference* find_named(std::string_view name) {
  const auto* const entry = std::lower_bound(
      std::begin(kNamed), std::end(kNamed), name,
      [](const NamedReference& a, std::string_view b) { return a.name < b; });
  return entry != std::end(kNamed) && entry->name == name ? entry : nullptr;
}

CharacterReference made(std::size_t bytes, std::string_view utf8) {
  CharacterReference result;
  result.bytes = bytes;
  result.size = std::min(utf8.size(), result.utf8.size());
  std::copy_n(utf8.begin(), result.size, result.utf8.begin());
  return result;
}

// Numbers 128 to 159 mean Windows-1252 (section 13.2.5.80).
char32_t windows_1252(char32_t point) {
  constexpr std::array<char16_t, 32> kTable = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return point >= 0x80 && point < 0xA0 ? kTable[point - 0x80] : point;
}

CharacterReference numeric(std::string_view text) {
  std::size_t at = 2;
  const bool hex = at < text.size() && ascii_lower(text[at]) == 'x';
  if (hex) ++at;
  const std::size_t digits = at;
  std::uint32_t value = 0;
  for (; at < text.size(); ++at) {
    const char c = ascii_lower(text[at]);
    std::uint32_t digit = 0;
    if (is_ascii_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a' + 10);
    } else {
      break;
    }
    value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (at == digits) return {};
  if (at < text.size() && text[at] == ';') ++at;
  const bool valid = value != 0 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
  std::string utf8;
  append_utf8(utf8, valid ? windows_1252(value) : 0xFFFD);
  return made(at, utf8);
}

}  // namespace

CharacterReference character_reference(std::string_view text) {
  if (text.size() < 3) return {};
  if (text[1] == '#') return numeric(text);
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_ascii_alnum(text[end])) ++end;
  const std::string_view name = text.substr(1, end - 1);
  if (end < text.size() && text[end] == ';') {
    if (const NamedReference* named = find_named(name)) return made(end + 1, named->utf8);
  }
  for (std::size_t size = std::min(name.size(), kLongestBareName); size >= 2; --size) {
    const NamedReference* named = find_named(name.substr(0, size));
    if (named != nullptr && named->bare) return made(size + 1, named->utf8);
  }
  return {};
}

}  // namespace noshare::extract
