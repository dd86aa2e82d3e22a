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
constexpr std::size_t kLongestAbbreviation = 4;
constexpr int kMostLinks = 3;
// How far behind the number its city can end (address_recognizer.cc), and a word more.
constexpr std::size_t kLocalityReach = 300;

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_blank(char c) { return c == ' ' || c == '\r'; }
bool is_inner(char c) { return c == '-' || c == '\'' || c == '.' || c == '/'; }

unsigned classes_of(std::string_view word) {
  std::array<char, kMostBytes> lower;
  if (word.empty() || word.size() > lower.size() ||
      !table().may_hold(ascii_lower(word.front()), word.size()))
    return 0;
  std::transform(word.begin(), word.end(), lower.begin(), ascii_lower);
  return table().classes_of({lower.data(), word.size()});
}

// Behind the number with what belongs to it: "29A", "12-14", "6/6A".
std::size_t number_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMostBytes);
  while (at < limit && (is_ascii_alnum(text[at]) ||
                        ((text[at] == '-' || text[at] == '/') && at + 1 < text.size() &&
                         is_ascii_alnum(text[at + 1]))))
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

// What the words behind a number can make of it, from least to most.
enum class Side {
  kNo,
  kOnlyAtLineBegin,  // words in small letters, none of them a street's
  kName,             // a name, none of its words a street's
  kType,             // a word of streets, or something that only the grammar can tell
};

constexpr unsigned kTypes = kStreet | kFeature | kRoute | kLead | kDirection;

// ", rue de la Paix", "\n> Calle Mayor": behind one separator only a word that leads a
// street's name counts.
Side lead_behind(std::string_view text, std::size_t separator) {
  const bool line = text[separator] == '\n';
  std::size_t at = separator + 1;
  while (at < text.size() &&
         (is_blank(text[at]) || (line && (text[at] == '>' || text[at] == '\t'))))
    ++at;
  if (at >= text.size()) return Side::kNo;
  if (is_high(text[at])) return Side::kType;
  if (!is_ascii_alpha(text[at])) return Side::kNo;
  bool plain = true;
  const std::size_t end = word_end(text, at, plain);
  const bool leads = (classes_of(text.substr(at, end - at)) & kLead) != 0;
  return leads || !plain ? Side::kType : Side::kNo;
}

// "57th" among the words of a name; any other number ends it.
bool is_ordinal(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_digit(text[at])) ++at;
  return at < text.size() && (is_ascii_alpha(text[at]) || is_high(text[at]));
}

// A full stop behind the word: it ends a sentence, unless the word is an abbreviation.
bool ends_sentence(std::string_view word) {
  return word.size() > kLongestAbbreviation && !word.ends_with("str") &&
         !word.ends_with("Str") && !word.ends_with("pl");
}

// Words such as "remove_feedback" and "entry.c" are in no name, and numbers among the
// letters can be anything.
bool is_plain_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(), is_ascii_alpha);
}

// A name or a word of streets behind the number, on the same line. `ends_name`: what
// stands there could follow the number of a street whose name stands before.
Side words_behind(std::string_view text, std::size_t number, bool begins_line,
                  bool& ends_name) {
  constexpr int kMostOfSentence = 4;  // words of a name without a street's word
  std::size_t at = number_end(text, number);
  if (at == number + kMostBytes) return Side::kNo;  // encoded data, as all that long
  std::string_view last;
  Side so_far = Side::kNo;
  bool countable = true, link = false;
  int words = 0;
  for (; words < kMostWords; ++words) {
    const std::size_t gap = at;
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at >= text.size()) break;
    const char c = text[at];
    if (is_high(c)) return Side::kType;
    if (words == 0 && is_ascii_digit(c)) return Side::kType;  // "12 1/2 Oak Street"
    ends_name = ends_name || is_ascii_upper(c) || is_ascii_digit(c) || c == '.';
    if (words == 0 && std::string_view(",;|\t\n").find(c) != std::string_view::npos) {
      ends_name = true;
      return lead_behind(text, at);
    }
    if (c == '.' && at == gap && words > 0 && !ends_sentence(last)) {
      ++at;
      --words;
      last = "     ";  // a second one ends it
      continue;
    }
    if (is_ascii_digit(c) && is_ordinal(text, at)) return Side::kType;
    if (!is_ascii_alpha(c)) break;
    bool plain = true;
    const std::size_t end = word_end(text, at, plain);
    if (!plain) return Side::kType;
    last = text.substr(at, end - at);
    const unsigned classes = classes_of(last);
    if ((classes & kTypes) != 0) return Side::kType;
    const bool capital = is_ascii_upper(c);
    // "12 January": but "Am Markt", "Casa Del Mar".
    if ((classes & kVeto) != 0 && !(capital && (link || (classes & kLink) != 0))) break;
    if (words == 0) so_far = capital ? Side::kName : Side::kOnlyAtLineBegin;
    countable = countable && is_plain_word(last) && (classes & kUnit) == 0;
    link = capital && (classes & kLink) != 0;
    at = end;
  }
  const bool sentence = countable && words > kMostOfSentence && !begins_line;
  return sentence ? Side::kNo : so_far;
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

// Behind a comma no line begins, unless a unit stands before: "Suite 700, 30 Main".
bool follows_comma(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  if (at == 0 || std::string_view(",;|\t").find(text[at - 1]) == std::string_view::npos)
    return false;
  for (--at; at > 0 && is_ascii_alnum(text[at - 1]); --at) {
    if (is_ascii_digit(text[at - 1])) return false;
  }
  return true;
}

// Digits that can be a postcode's, alone or with what stands beside them: three or more
// in a row, some beside letters or a hyphen, or two groups.
bool shaped_as_postcode(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLeast = 3;
  const auto joins = [](char c) { return is_ascii_alpha(c) || is_high(c) || c == '-'; };
  if (end - begin >= kLeast) return true;
  if (begin > 0 && joins(text[begin - 1])) return true;
  if (end < text.size() && joins(text[end])) return true;
  return end + 1 < text.size() && text[end] == ' ' && is_ascii_digit(text[end + 1]);
}

// A byte that no address holds, so that none reaches across it.
bool is_stop(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n') return at + 1 < text.size() && text[at + 1] == '\n';
  if (c != '.') {
    return c != ' ' && c != ',' &&
           std::string_view("!?()\"=*&%$@[]{}+~^`").find(c) != std::string_view::npos;
  }
  if (at + 1 < text.size() && !is_blank(text[at + 1]) && text[at + 1] != '\n')
    return false;
  std::size_t begin = at;
  while (begin > 0 && at - begin <= kLongestAbbreviation &&
         is_ascii_alpha(text[begin - 1]))
    --begin;
  return ends_sentence(text.substr(begin, at - begin));
}

bool postcode_may_follow(std::string_view text, std::size_t at) {
  at = number_end(text, at);
  if (at < text.size() && text[at] == '.') ++at;  // "Fő utca 5."
  const std::size_t limit = std::min(text.size(), at + kLocalityReach);
  while (at < limit) {
    if (!is_ascii_digit(text[at])) {
      if (!is_ascii_alpha(text[at]) && is_stop(text, at)) return false;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (shaped_as_postcode(text, at, end)) return true;
    at = end;
  }
  return false;
}

// Whether the name before a number can begin a line, as one does that is alone on it.
bool name_may_begin_line(std::string_view text, std::size_t at) {
  constexpr int kMostNameTokens = 4;
  const auto is_comma = [](char c) {
    return c == ',' || c == ';' || c == '|' || c == '\t';
  };
  for (int words = 0; words <= kMostNameTokens; ++words) {
    while (at > 0 && (is_blank(text[at - 1]) || (words == 0 && is_comma(text[at - 1]))))
      --at;
    if (at == 0) return true;
    if (is_comma(text[at - 1]))  // "Suite 700, Name 12"
      return at > 1 && is_ascii_alnum(text[at - 2]);
    std::size_t begin = at;
    while (begin > 0 && at - begin < kMostBytes &&
           (is_ascii_alnum(text[begin - 1]) || text[begin - 1] == '_' ||
            (is_inner(text[begin - 1]) && begin < at)))
      --begin;
    if (begin == at || (begin > 0 && is_high(text[begin - 1]))) return true;
    const std::string_view word = text.substr(begin, at - begin);
    const bool capital = std::any_of(word.begin(), word.end(), is_ascii_upper);
    if (!capital && (classes_of(word) & kLink) == 0) return false;
    at = begin;
  }
  return false;
}

bool is_number_or_ship(std::string_view word) {
  constexpr std::array<std::string_view, 22> kWords{
      "One",   "Two",     "Three",  "Four",   "Five",   "Six",    "Seven", "Eight",
      "Nine",  "Ten",     "Eleven", "Twelve", "Twenty", "Thirty", "Forty", "Fifty",
      "Sixty", "Hundred", "USS",    "USNS",   "USCGC",  "USNV"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view one) {
    return equal_ignoring_case(word, one);
  });
}

// A word that can begin a street whose name reaches up to the number, or a street without
// a number whose postcode it is.
bool lead_stands_before(std::string_view text, std::size_t at) {
  constexpr int kMostTokens = 14;
  constexpr std::size_t kReach = 240;
  const std::size_t limit = at - std::min(at, kReach);
  for (int words = 0; words < kMostTokens && at > limit; ++words) {
    while (at > limit && !is_ascii_alnum(text[at - 1]) && !is_high(text[at - 1])) --at;
    std::size_t begin = at;
    bool ascii = true;
    while (begin > limit &&
           (is_ascii_alnum(text[begin - 1]) || is_high(text[begin - 1]) ||
            is_inner(text[begin - 1]) || text[begin - 1] == '_')) {
      --begin;
      ascii = ascii && !is_high(text[begin]);
    }
    if (!ascii) return true;
    std::string_view word = text.substr(begin, at - begin);
    at = begin;
    while (!word.empty() && is_inner(word.front())) word.remove_prefix(1);
    if (word.empty()) continue;
    if ((classes_of(word) & kLead) != 0) return true;
    if (is_ascii_upper(word.front()) && is_number_or_ship(word)) return true;
  }
  return false;
}

// "Hauptstrasse", "Otto-Hahn-Ring": a compound that ends in a word of streets.
bool ends_as_street(std::string_view word) {
  constexpr std::size_t kShortest = 3, kLongest = 12, kLeastStem = 3;
  if (std::none_of(word.begin(), word.end(), is_ascii_upper)) return false;
  const std::size_t hyphen = word.rfind('-');
  if (hyphen != std::string_view::npos &&
      (classes_of(word.substr(hyphen + 1)) & (kEnding | kTrail)) != 0)
    return true;
  for (std::size_t size = kShortest; size <= kLongest && size + kLeastStem <= word.size();
       ++size) {
    if ((classes_of(word.substr(word.size() - size)) & (kEnding | kSoft)) != 0)
      return true;
  }
  return false;
}

enum class NameBefore {
  kNone,
  kNumber,  // as a part of a postcode stands before another
  kName,
  kType,
};

// "Pri potoku", "U lesa": the word before `at` is a link that begins a name.
bool follows_capital_link(std::string_view text, std::size_t at) {
  if (at == 0 || !is_blank(text[at - 1])) return false;
  const std::size_t end = --at;
  while (at > 0 && end - at < kMostBytes &&
         (is_ascii_alpha(text[at - 1]) || is_high(text[at - 1])))
    --at;
  return at < end && is_ascii_upper(text[at]) &&
         (classes_of(text.substr(at, end - at)) & kLink) != 0;
}

// A name, or a word such as "Box" or "Str.", before the number.
NameBefore name_before(std::string_view text, std::size_t at) {
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
    if (at == 0) return NameBefore::kNone;
    const char last = text[at - 1];
    if (last == '#') return NameBefore::kType;
    if (last == '.' || (last == ':' && words == 0)) --at;  // "No: 5"
    std::size_t begin = at;
    while (begin > 0 && at - begin < kMostBytes &&
           (is_ascii_alnum(text[begin - 1]) || is_high(text[begin - 1]) ||
            text[begin - 1] == '_' || is_inner(text[begin - 1])))
      --begin;
    const std::string_view word = text.substr(begin, at - begin);
    if (word.empty()) return NameBefore::kNone;
    if (std::any_of(word.begin(), word.end(), is_high)) return NameBefore::kType;
    const unsigned classes = classes_of(word);
    if (last == ':')
      return (classes & kNumberSign) != 0 ? NameBefore::kType : NameBefore::kNone;
    if ((classes & (kBox | kTrail | kSoftTrail | kUnit | kLead | kDirection)) != 0)
      return NameBefore::kType;
    if (is_ascii_digit(word.front()) && !is_ordinal(word, 0)) return NameBefore::kNumber;
    const auto speaks = [](char c) { return is_ascii_upper(c) || is_ascii_digit(c); };
    if (std::any_of(word.begin(), word.end(), speaks)) {
      const bool street = (classes & kNumberSign) != 0 || ends_as_street(word);
      return street ? NameBefore::kType : NameBefore::kName;
    }
    if ((classes & kLink) == 0 && words == 0 && follows_capital_link(text, begin))
      return NameBefore::kName;
    if ((classes & kLink) == 0)
      return std::any_of(word.begin(), word.end(), is_inner) ? NameBefore::kName
                                                             : NameBefore::kNone;
    at = begin;
    skip_blanks();
  }
  return NameBefore::kNone;
}

// Digits inside a longer word: of a number that has begun before ("2026-11-05T12"), or of
// encoded data. Postcodes and numbers of a grid ("EC1M", "W162N82911") are shorter.
bool is_inside_word(std::string_view text, model::Span digits) {
  constexpr std::size_t kMostWord = 12;
  std::size_t begin = digits.begin, end = digits.end;
  while (begin > 0 && digits.begin - begin <= kMostWord &&
         is_ascii_alnum(text[begin - 1]))
    --begin;
  while (end < text.size() && end - begin <= kMostWord && is_ascii_alnum(text[end]))
    ++end;
  return end - begin > kMostWord || (begin < digits.begin && is_ascii_digit(text[begin]));
}

// The street's name stands before the number; without a word that says so it counts only
// with a postcode behind it or on a line of its own.
bool may_follow_name(std::string_view text, model::Span digits) {
  const NameBefore name = name_before(text, digits.begin);
  if (name == NameBefore::kType) return true;
  if (name == NameBefore::kNone && !follows_region_code(text, digits) &&
      !leads_line_as_postcode(text, digits))
    return false;
  return lead_stands_before(text, digits.begin) ||
         (name == NameBefore::kName && (postcode_may_follow(text, digits.end) ||
                                        name_may_begin_line(text, digits.begin)));
}

}  // namespace

bool may_number_a_street(std::string_view text, model::Span digits) {
  if (is_inside_word(text, digits)) return false;
  const bool begins_line = may_begin_line(text, digits.begin);
  bool ends_name = false;
  const Side behind = words_behind(text, digits.end, begins_line, ends_name);
  if (behind == Side::kType) return true;
  const bool alone =
      behind == Side::kName && begins_line && !follows_comma(text, digits.begin);
  if (alone || (behind != Side::kNo && (begins_line || behind == Side::kName) &&
                postcode_may_follow(text, digits.end)))
    return true;
  // "via roma 12, Milano": a name in small letters
  return may_follow_name(text, digits) ||
         (ends_name && lead_stands_before(text, digits.begin));
}

bool may_follow_city(std::string_view text, model::Span digits) {
  return name_before(text, digits.begin) != NameBefore::kNone ||
         follows_region_code(text, digits) || leads_line_as_postcode(text, digits);
}

}  // namespace noshare::detect
