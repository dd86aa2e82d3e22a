// Follows the grammar's first steps (address_street.cc) on plain bytes; see
// address_hints.h. Where a byte is not ASCII it says yes.
#include "detect/recognizers/address_hints.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "detect/recognizers/address_words.h"

namespace noshare::detect {
namespace {

using namespace address_words;

constexpr int kMostWords = 8;           // the grammar looks at seven words of a name
constexpr std::size_t kMostBytes = 64;  // of one word; longer ones are none
constexpr int kMostLinks = 3;

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_blank(char c) { return c == ' ' || c == '\r'; }
bool is_inner(char c) { return c == '-' || c == '\'' || c == '.' || c == '/'; }

unsigned classes_of(std::string_view word) {
  std::array<char, kMostBytes> lower{};
  if (word.size() > lower.size()) return 0;
  std::transform(word.begin(), word.end(), lower.begin(), ascii_lower);
  return table().classes_of({lower.data(), word.size()});
}

// Behind the number with what belongs to it: "29A", "12-14", "6/6A".
std::size_t number_end(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_ascii_alnum(text[at]) ||
                              ((text[at] == '-' || text[at] == '/') &&
                               at + 1 < text.size() && is_ascii_alnum(text[at + 1]))))
    ++at;
  return at;
}

// The end of the word that begins at `at`; `plain` turns false at a byte not of ASCII.
std::size_t word_end(std::string_view text, std::size_t at, bool& plain) {
  const std::size_t limit = std::min(text.size(), at + kMostBytes);
  std::size_t end = at;
  for (; end < limit; ++end) {
    if (is_ascii_alnum(text[end]) || text[end] == '_') continue;
    if (is_high(text[end])) plain = false;
    if (!is_inner(text[end]) || end + 1 >= limit || !is_ascii_alnum(text[end + 1])) break;
  }
  return end;
}

enum class Side { kNo, kYes, kOnlyAtLineBegin };

// A name or a word of streets behind the number, on the same line.
Side words_behind(std::string_view text, std::size_t at) {
  at = number_end(text, at);
  bool plain = true;
  constexpr unsigned kTypes = kStreet | kFeature | kRoute | kLead | kDirection;
  for (int words = 0; words < kMostWords; ++words) {
    const std::size_t gap = at;
    while (at < text.size() && is_blank(text[at])) ++at;
    const Side so_far = words > 0 ? Side::kOnlyAtLineBegin : Side::kNo;
    if (at >= text.size()) return so_far;
    const char c = text[at];
    if (is_high(c)) return Side::kYes;
    if (words == 0 && is_ascii_digit(c)) return Side::kYes;  // "12 1/2 Oak Street"
    if (words == 0 && (c == ',' || c == ';' || c == '|' || c == '\t' || c == '\n'))
      return Side::kYes;  // "12, rue de la Paix"
    if (!is_ascii_alpha(c)) {
      // An abbreviation's full stop stands inside a name, any other ends it.
      if (c == '.' && at == gap && words > 0) {
        ++at;
        continue;
      }
      return is_ascii_digit(c) ? Side::kYes : so_far;
    }
    if (is_ascii_upper(c)) return Side::kYes;
    const std::size_t end = word_end(text, at, plain);
    if (!plain) return Side::kYes;
    const unsigned classes = classes_of(text.substr(at, end - at));
    if ((classes & kTypes) != 0) return Side::kYes;
    if ((classes & kVeto) != 0) return so_far;
    at = end;
  }
  return Side::kOnlyAtLineBegin;
}

// A name, or a word such as "Box" or "Str.", before the number.
bool word_before(std::string_view text, std::size_t at) {
  const auto skip_blanks = [&] {
    while (at > 0 && is_blank(text[at - 1])) --at;
  };
  skip_blanks();
  if (at > 0 && (text[at - 1] == ',' || text[at - 1] == ';' || text[at - 1] == '|' ||
                 text[at - 1] == '\t')) {
    --at;
    skip_blanks();
  }
  for (int words = 0; words < kMostLinks; ++words) {
    if (at == 0) return false;
    const char last = text[at - 1];
    if (last == '#') return true;
    if (last == '.') --at;
    std::size_t begin = at;
    while (begin > 0 && at - begin < kMostBytes &&
           (is_ascii_alnum(text[begin - 1]) || is_high(text[begin - 1]) ||
            text[begin - 1] == '_' || is_inner(text[begin - 1])))
      --begin;
    const std::string_view word = text.substr(begin, at - begin);
    if (word.empty()) return false;
    const auto speaks = [](char c) {
      return is_ascii_upper(c) || is_ascii_digit(c) || is_high(c);
    };
    if (std::any_of(word.begin(), word.end(), speaks)) return true;
    const unsigned classes = classes_of(word);
    if ((classes & (kBox | kTrail | kUnit | kLead | kDirection)) != 0) return true;
    if ((classes & kLink) == 0) return std::any_of(word.begin(), word.end(), is_inner);
    at = begin;
    skip_blanks();
  }
  return false;
}

// "il 62701": a postcode behind the letters of a region.
bool follows_region_code(std::string_view text, model::Span digits) {
  constexpr std::uint32_t kZipDigits = 5;
  std::uint32_t at = digits.begin;
  if (digits.end - at != kZipDigits || at < 3 || text[at - 1] != ' ') return false;
  return is_ascii_alpha(text[at - 2]) && is_ascii_alpha(text[at - 3]) &&
         (at == 3 || !is_ascii_alpha(text[at - 4]));
}

// "rue Paul\n20542 Ajaccio": a postcode's digits lead a line below words.
bool leads_line_as_postcode(std::string_view text, model::Span digits) {
  constexpr std::uint32_t kLeast = 2, kMost = 6;  // "00-950", "123456"
  const std::uint32_t size = digits.end - digits.begin;
  if (size < kLeast || size > kMost) return false;
  std::size_t at = digits.begin;
  while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == '>')) --at;
  if (at == 0 || text[at - 1] != '\n') return false;
  --at;
  while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == ',')) --at;
  if (at == 0 || !(is_ascii_alpha(text[at - 1]) || is_high(text[at - 1]))) return false;
  std::size_t behind = number_end(text, digits.end);
  while (behind < text.size() && is_blank(text[behind])) ++behind;
  return behind < text.size() && (is_ascii_upper(text[behind]) || is_high(text[behind]));
}

bool may_begin_line(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 || !is_ascii_alnum(text[at - 1]);
}

}  // namespace

bool may_number_a_street(std::string_view text, model::Span digits) {
  const Side behind = words_behind(text, digits.end);
  if (behind == Side::kYes) return true;
  if (behind == Side::kOnlyAtLineBegin && may_begin_line(text, digits.begin)) return true;
  return may_follow_city(text, digits);
}

bool may_follow_city(std::string_view text, model::Span digits) {
  return word_before(text, digits.begin) || follows_region_code(text, digits) ||
         leads_line_as_postcode(text, digits);
}

}  // namespace noshare::detect
