// Word characters and letter case by ranges (Unicode 15, UnicodeData.txt). What is not
// listed as punctuation, symbol or space above U+007F counts as a letter: a number that
// touches an unknown letter is taken for part of a word, which is the safe side.
#include "detect/unicode.h"

#include <algorithm>
#include <iterator>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

struct Range {
  char32_t first, last;
};

bool in_ranges(const Range* begin, const Range* end, char32_t c) noexcept {
  const Range* after = std::upper_bound(
      begin, end, c,
      [](char32_t value, const Range& range) { return value < range.first; });
  return after != begin && c <= std::prev(after)->last;
}

// Punctuation, symbols, spaces, controls and private use (general categories P, S, Z, C).
constexpr Range kNoLetters[] = {
    {0x0080, 0x00A9}, {0x00AB, 0x00B4}, {0x00B6, 0x00B9},   {0x00BB, 0x00BF},
    {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x02C2, 0x02C5},   {0x02D2, 0x02DF},
    {0x037E, 0x037E}, {0x0384, 0x0385}, {0x0387, 0x0387},   {0x0482, 0x0482},
    {0x055A, 0x055F}, {0x0589, 0x058F}, {0x05BE, 0x05BE},   {0x05F3, 0x05F4},
    {0x0600, 0x060F}, {0x061B, 0x061F}, {0x066A, 0x066D},   {0x06D4, 0x06D4},
    {0x0964, 0x0965}, {0x1680, 0x1680}, {0x2000, 0x206F},   {0x207A, 0x207E},
    {0x208A, 0x208E}, {0x20A0, 0x20CF}, {0x2100, 0x2101},   {0x2103, 0x2106},
    {0x2108, 0x2109}, {0x2114, 0x2114}, {0x2116, 0x2118},   {0x211E, 0x2123},
    {0x2190, 0x245F}, {0x249C, 0x24E9}, {0x2500, 0x2BFF},   {0x2E00, 0x2FFF},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},   {0x303D, 0x303F},
    {0x30FB, 0x30FB}, {0xE000, 0xF8FF}, {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFEFF, 0xFEFF}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20},   {0xFF3B, 0xFF40},
    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
};

constexpr Range kSpaceless[] = {
    {0x0E01, 0x0E3A}, {0x0E40, 0x0E4E},   {0x0E81, 0x0EBD}, {0x0EC0, 0x0ECE},
    {0x1000, 0x103F}, {0x1780, 0x17D3},   {0x3005, 0x3007}, {0x3021, 0x302F},
    {0x3031, 0x303C}, {0x3041, 0x3096},   {0x309D, 0x309F}, {0x30A1, 0x30FA},
    {0x30FC, 0x30FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF}, {0xF900, 0xFAFF},
    {0xFF66, 0xFF9D}, {0x20000, 0x323AF},
};

// Scripts in which capitals and small letters alternate (even capital, odd small), or in
// which the small ones stand at a fixed distance.
struct CaseRange {
  char32_t first, last;   // of the capitals
  std::int32_t distance;  // to the small letter; 1 with `alternating`
  bool alternating;
};
constexpr CaseRange kCase[] = {
    {'A', 'Z', 32, false},       {0x00C0, 0x00D6, 32, false},
    {0x00D8, 0x00DE, 32, false}, {0x0100, 0x012F, 1, true},
    {0x0132, 0x0137, 1, true},   {0x0139, 0x0148, 1, true},
    {0x014A, 0x0177, 1, true},   {0x0178, 0x0178, -121, false},
    {0x0179, 0x017E, 1, true},   {0x018F, 0x018F, 202, false},
    {0x01CD, 0x01DC, 1, true},   {0x01DE, 0x01EF, 1, true},
    {0x01F8, 0x021F, 1, true},   {0x0222, 0x0233, 1, true},
    {0x0386, 0x0386, 38, false}, {0x0388, 0x038A, 37, false},
    {0x038C, 0x038C, 64, false}, {0x038E, 0x038F, 63, false},
    {0x0391, 0x03A1, 32, false}, {0x03A3, 0x03AB, 32, false},
    {0x0400, 0x040F, 80, false}, {0x0410, 0x042F, 32, false},
    {0x0460, 0x0481, 1, true},   {0x048A, 0x04BF, 1, true},
    {0x04C1, 0x04CE, 1, true},   {0x04D0, 0x052F, 1, true},
    {0x0531, 0x0556, 48, false}, {0x10A0, 0x10C5, 7264, false},
    {0x1E00, 0x1E95, 1, true},   {0x1EA0, 0x1EFF, 1, true},
    {0xFF21, 0xFF3A, 32, false},
};

bool is_capital_of(const CaseRange& range, char32_t c) noexcept {
  return c >= range.first && c <= range.last &&
         (!range.alternating || (c - range.first) % 2 == 0);
}

char32_t moved(char32_t c, std::int32_t by) noexcept {
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + by);
}

}  // namespace

bool is_spaceless_letter(char32_t c) noexcept {
  return c >= 0x0E01 && in_ranges(std::begin(kSpaceless), std::end(kSpaceless), c);
}

bool is_word_character(char32_t c) noexcept {
  if (c < 0x80) return is_ascii_alnum(static_cast<char>(c)) || c == '_';
  return !in_ranges(std::begin(kNoLetters), std::end(kNoLetters), c) &&
         !is_spaceless_letter(c);
}

bool is_white_space(char32_t c) noexcept {
  if (c < 0x80) return is_ascii_space(static_cast<char>(c));
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

char32_t lower_case(char32_t c) noexcept {
  if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
  if (c == 0x130) return 'i';  // Turkish capital I with its dot: no pair of a range
  for (const CaseRange& range : kCase) {
    if (is_capital_of(range, c)) return moved(c, range.distance);
  }
  return c;
}

char32_t upper_case(char32_t c) noexcept {
  if (c < 0x80) return static_cast<char32_t>(ascii_upper(static_cast<char>(c)));
  for (const CaseRange& range : kCase) {
    const char32_t capital = moved(c, -range.distance);
    if (is_capital_of(range, capital)) return capital;
  }
  return c;
}

char32_t base_letter(char32_t c) noexcept {
  // From U+00C0 to U+017F; '.': as it is.
  constexpr std::u32string_view kLatin =
      U"AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
      U"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLlL"
      U"lLlNnNnNnn..OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
  constexpr std::u32string_view kOthers = U"\u0218\u0219\u021A\u021Bάέήίόύώς";
  constexpr std::u32string_view kTheirBase = U"SsTtαεηιουωσ";
  constexpr char32_t kFirst = 0xC0;
  if (c >= kFirst && c - kFirst < kLatin.size())
    return kLatin[c - kFirst] == U'.' ? c : kLatin[c - kFirst];
  const std::size_t other = kOthers.find(c);
  return other == std::u32string_view::npos ? c : kTheirBase[other];
}

std::string folded(std::string_view text) {
  std::string result(text);
  std::size_t ascii = 0;
  for (; ascii < text.size() && static_cast<unsigned char>(text[ascii]) < 0x80; ++ascii)
    result[ascii] = ascii_lower(text[ascii]);
  if (ascii == text.size()) return result;
  result.resize(ascii);
  for (std::size_t at = ascii; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      result.push_back(ascii_lower(text[at++]));
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    append_utf8(result, lower_case(point.value));
    at += point.bytes;
  }
  return result;
}

std::size_t boundary_before(std::string_view text, std::size_t at) noexcept {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() &&
         (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
    --at;
  return at;
}

std::size_t boundary_after(std::string_view text, std::size_t at) noexcept {
  at = std::min(at, text.size());
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

char32_t character_at(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? byte : code_point_at(text, at).value;
}

char32_t character_before(std::string_view text, std::size_t at) noexcept {
  if (at == 0 || at > text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[at - 1]);
  return byte < 0x80 ? byte : code_point_at(text, boundary_before(text, at - 1)).value;
}

}  // namespace noshare::detect
