// Cuts text into address tokens; see address_tokens.h.
#include "detect/recognizers/address_tokens.h"

#include <algorithm>
#include <array>
#include <string>

#include "noshare/base/text.h"

#include "detect/recognizers/address_words.h"
#include "detect/unicode.h"

namespace noshare::detect {

namespace address_words {
const ClassedWords& table() {
  static const ClassedWords words(kWords, kWordCount);
  return words;
}
}  // namespace address_words

namespace {

constexpr std::size_t kMostWordBytes = 64;  // longer runs are no words

bool is_letter(char32_t c) {
  return is_word_character(c) && c != '_' && !(c >= '0' && c <= '9');
}

// The classes of a word in any case. Nearly all words are ASCII: no string is made of
// them.
std::uint16_t classes_of(std::string_view word) {
  std::array<char, kMostWordBytes> lower;
  if (word.size() > lower.size() || !is_ascii(word)) {
    return address_words::table().classes_of(folded(word));
  }
  if (!address_words::table().may_hold(ascii_lower(word.front()), word.size())) return 0;
  std::transform(word.begin(), word.end(), lower.begin(), ascii_lower);
  return address_words::table().classes_of({lower.data(), word.size()});
}

bool is_ordinal_ending(std::string_view letters) {
  for (const std::string_view ending :
       {"st", "nd", "rd", "th", "er", "e", "ème", "º", "ª"}) {
    if (equal_ignoring_case(letters, ending)) return true;
  }
  return false;
}

// "l'Hôpital", "ir-Repubblika"
bool has_inner_capital(std::string_view word) {
  constexpr std::size_t kMostBefore = 5;
  for (const std::string_view mark : {"'", "-", "\u2019"}) {
    const std::size_t at = word.find(mark);
    if (at == std::string_view::npos || at == 0 || at > kMostBefore) continue;
    const char32_t next = character_at(word, at + mark.size());
    if (next != 0 && lower_case(next) != next) return true;
  }
  return false;
}

// "'s-Hertogenbosch", "'t Harde": the apostrophe belongs to the word.
bool is_elided(std::string_view text, std::size_t at) {
  if (text[at] != '\'') return false;
  const std::string_view word = text.substr(at, 3);
  const bool behind_word = at > 0 && is_letter(character_before(text, at));
  return !behind_word && (word == "'s-" || word == "'t ");
}

// "N79W5406", "W16282": house numbers of Wisconsin, counted from two base lines.
bool is_grid_number(std::string_view word) {
  if (!is_ascii_digit(word.back()) && !is_ascii_upper(word.back())) return false;
  constexpr std::string_view kPoints = "NSEW";
  constexpr std::ptrdiff_t kLeastDigits = 4;
  if (kPoints.find(word[0]) == std::string_view::npos) return false;
  const auto digits = std::count_if(word.begin(), word.end(), is_ascii_digit);
  const auto points = std::count_if(word.begin(), word.end(), [&](char c) {
    return kPoints.find(c) != std::string_view::npos;
  });
  return digits >= kLeastDigits && points <= 2 &&
         digits + points == static_cast<std::ptrdiff_t>(word.size());
}

// "remove_feedback", "entry.c": names of programs, files and hosts.
bool is_of_programs(std::string_view word) {
  if (word.find('_') != std::string_view::npos) return true;
  const std::size_t dot = word.find('.');
  return dot != std::string_view::npos && dot > 1 && dot + 1 < word.size() &&
         is_ascii_lower(word[dot + 1]);
}

// "Hauptstr.", "Schillerpl.": the street's word is shortened, not the sentence ended.
bool ends_with_abbreviation(std::string_view word) {
  return word.ends_with("str") || word.ends_with("Str") || word.ends_with("pl");
}

// A byte that ends a word for certain, whatever follows.
bool is_plain_end(char c) {
  return static_cast<unsigned char>(c) < 0x80 && c != '_' && c != '-' && c != '\'' &&
         c != '.' && c != '/';
}

}  // namespace

void AddressTokens::cover(std::uint32_t begin, std::uint32_t end) {
  end = std::min<std::uint32_t>(end, static_cast<std::uint32_t>(text_.size()));
  if (tokens_.empty() || begin < begin_ || begin > end_) {
    tokens_.clear();
    begin = static_cast<std::uint32_t>(boundary_before(text_, begin));
    while (begin > 0 && begin < end && is_word_character(character_before(text_, begin)))
      ++begin;
    begin_ = begin;
    end_ = begin;
  }
  if (end > end_) tokenise(end_, end);
  edge_seen_ = false;
}

std::size_t AddressTokens::find(std::uint32_t byte) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), byte,
                       [](const AddressToken& token, std::uint32_t wanted) {
                         return token.span.end <= wanted;
                       });
  return found != tokens_.end() && found->span.begin <= byte
             ? static_cast<std::size_t>(found - tokens_.begin())
             : tokens_.size();
}

std::string AddressTokens::name_of(std::size_t first, std::size_t last) const {
  std::string name;
  for (; first < last; ++first) {
    const AddressToken& token = at(first);
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kNumber) continue;
    if (!name.empty()) name += ' ';
    name += folded(text_of(token));
    if (token.dotted && first + 1 < last) name += '.';
  }
  return name;
}

void AddressTokens::push(TokenKind kind, std::uint32_t begin, std::uint32_t end) {
  AddressToken token;
  token.kind = kind;
  token.span = {begin, end};
  tokens_.push_back(token);
}

void AddressTokens::tokenise(std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = begin;
  while (at < end) {
    const char c = text_[at];
    if (c == '\n') {
      at = read_break(at);
    } else if (c == ' ' || c == '\r') {
      ++at;
    } else if (is_ascii_digit(c)) {
      at = read_number(at);
    } else if (is_ascii_alpha(c) || is_letter(character_at(text_, at)) || c == '#' ||
               is_elided(text_, at)) {
      at = read_word(at);
    } else if (c == ',' || c == ';' || c == '|' || c == '\t') {
      push(TokenKind::kComma, at, at + 1);
      ++at;
    } else if (c == '.' && !tokens_.empty() && tokens_.back().span.end == at) {
      read_full_stop(at);
      ++at;
    } else if (announces_number(at)) {
      at += code_point_at(text_, at).bytes;
    } else {
      const bool alone = (c == '-' || c == '/') && at > 0 &&
                         (text_[at - 1] == ' ' || text_.substr(at + 1, 1) == " ");
      const auto next = at + code_point_at(text_, at).bytes;
      push(alone ? TokenKind::kDash : TokenKind::kStop, at, next);
      at = next;
    }
  }
  end_ = at;
}

// The colon of "No: 5", the circle of "n° 5": they belong to the word.
bool AddressTokens::announces_number(std::uint32_t at) const {
  constexpr char32_t kDegree = 0xB0;
  const char32_t c = character_at(text_, at);
  return (c == ':' || c == kDegree) && !tokens_.empty() &&
         tokens_.back().span.end == at && tokens_.back().kind == TokenKind::kWord &&
         (tokens_.back().classes & address_words::kNumberSign) != 0;
}

// A full stop ends a sentence, unless it stands behind an abbreviation or an ordinal
// number.
void AddressTokens::read_full_stop(std::uint32_t at) {
  constexpr std::size_t kLongestAbbreviation = 4;
  AddressToken& before = tokens_.back();
  before.dotted = true;
  const bool long_word = count_code_points(text_of(before)) > kLongestAbbreviation &&
                         !ends_with_abbreviation(text_of(before));
  if ((before.kind == TokenKind::kNumber && !is_ordinal_number(at)) || long_word)
    push(TokenKind::kStop, at, at + 1);
}

// "Fő utca 5., 1055 Budapest", ", 3.º B", ", 2. th": the full stop belongs to the number.
bool AddressTokens::is_ordinal_number(std::uint32_t at) const {
  constexpr std::size_t kMostFloorDigits = 2;
  const std::string_view behind = text_.substr(at + 1, 3);
  const bool floor = text_of(tokens_.back()).size() <= kMostFloorDigits &&
                     tokens_.size() > 1 &&
                     (tokens_[tokens_.size() - 2].kind == TokenKind::kComma ||
                      tokens_[tokens_.size() - 2].kind == TokenKind::kBreak);
  if (behind.starts_with("\u00BA") || behind.starts_with("\u00AA")) return true;
  if (floor && behind.size() > 1 && behind[0] == ' ' && is_ascii_lower(behind[1]))
    return true;
  if (behind.empty() || behind[0] == ',') return !behind.empty();
  if (behind[0] != '\n' || behind.size() < 3) return false;
  return is_ascii_digit(behind[1]) || (behind[2] == '-' && is_ascii_upper(behind[1]));
}

// The end of a line, with the quotation mark and the indentation of the next.
std::uint32_t AddressTokens::read_break(std::uint32_t at) {
  const auto begin = at;
  int lines = 0;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '\n') {
      ++lines;
    } else if (c != '>' && c != ' ' && c != '\r' && c != '\t') {
      break;
    }
    ++at;
  }
  push(lines > 1 ? TokenKind::kStop : TokenKind::kBreak, begin, begin + 1);
  return at;
}

// "12", "29A", "12-14", "6/6A", "830" of "830 1/2", "5th" (an ordinal is a word).
std::uint32_t AddressTokens::read_number(std::uint32_t at) {
  const auto begin = at;
  const auto limit = std::min(text_.size(), begin + kMostWordBytes);
  while (at < limit && is_ascii_digit(text_[at])) ++at;
  const auto digits_end = at;
  while (at < limit && is_letter(character_at(text_, at)))
    at += code_point_at(text_, at).bytes;
  const auto letters = text_.substr(digits_end, at - digits_end);
  const bool goes_on = at < limit && is_ascii_alnum(text_[at]);  // "6E8" of a postcode
  if (!letters.empty() && !goes_on && is_ordinal_ending(letters) && letters != "e") {
    push(TokenKind::kWord, begin, at);
    tokens_.back().capital = tokens_.back().ordinal = true;
    return at;
  }
  while (at < limit && is_ascii_alnum(text_[at])) ++at;  // "0B1" of a postcode
  constexpr std::size_t kMostLetters = 2;
  bool worded = false;  // "25-year-old"
  while (at + 1 < limit && (text_[at] == '-' || text_[at] == '/') &&
         is_ascii_alnum(text_[at + 1])) {
    const auto part = ++at;
    while (at < limit && is_ascii_alnum(text_[at])) ++at;
    worded = worded || (is_ascii_alpha(text_[part]) && at - part > kMostLetters);
  }
  constexpr std::size_t kMostMixed = 6;  // "0B1" of a postcode; "567e1f44" is no number
  const bool mixed =
      !letters.empty() && is_ascii_digit(text_[at - 1]) &&
      text_.substr(begin, at - begin).find('-') == std::string_view::npos &&
      at - begin > kMostMixed;
  push(letters.size() > 3 || mixed || worded ? TokenKind::kStop : TokenKind::kNumber,
       begin, at);
  return at;
}

// In a text without capitals: all but the small words between.
bool AddressTokens::may_be_name(const AddressToken& token) const {
  constexpr unsigned kSmall = address_words::kLink | address_words::kVeto;
  return small_ && (token.classes & kSmall) == 0;
}

// Letters and digits up to a byte that ends every word: nearly all words.
bool AddressTokens::read_plain_word(std::uint32_t begin) {
  std::array<char, kMostWordBytes> lower;
  const std::size_t limit = std::min(text_.size() - begin, lower.size());
  std::size_t size = 0;
  for (; size < limit && is_ascii_alnum(text_[begin + size]); ++size)
    lower[size] = ascii_lower(text_[begin + size]);
  if (size == limit || !is_plain_end(text_[begin + size])) return false;
  push(TokenKind::kWord, begin, begin + static_cast<std::uint32_t>(size));
  AddressToken& token = tokens_.back();
  token.classes = address_words::table().classes_of({lower.data(), size});
  token.capital = is_ascii_upper(text_[begin]) || may_be_name(token);
  if (is_grid_number(text_of(token))) token.kind = TokenKind::kNumber;
  return true;
}

std::uint32_t AddressTokens::read_word(std::uint32_t at) {
  if (is_ascii_alpha(text_[at]) && read_plain_word(at)) return tokens_.back().span.end;
  const auto begin = at;
  const auto limit = std::min(text_.size(), begin + kMostWordBytes);
  const char32_t first = character_at(text_, at);
  at += code_point_at(text_, at).bytes;
  const auto inner = [&](char32_t c) {
    return c == '-' || c == '\'' || c == 0x2019 || c == '.' || c == '/';
  };
  const auto skip_plain = [&] {
    while (at < limit && is_ascii_alnum(text_[at])) ++at;
  };
  if (first != '#') skip_plain();
  const bool plain = first < 0x80 && at < limit && is_plain_end(text_[at]);
  while (!plain && first != '#' && at < limit) {
    skip_plain();
    if (at >= limit) break;
    const char32_t c = character_at(text_, at);
    const auto bytes = code_point_at(text_, at).bytes;
    const bool joined = inner(c) && at + bytes < text_.size() &&
                        is_word_character(character_at(text_, at + bytes));
    if (!is_word_character(c) && !joined) break;
    at += bytes;
  }
  if (at < limit && text_[at] == '/' && at - begin == 1) ++at;  // "C/ Mayor"
  push(TokenKind::kWord, begin, static_cast<std::uint32_t>(at));
  AddressToken& token = tokens_.back();
  token.capital = plain ? is_ascii_upper(static_cast<char>(first))
                        : lower_case(first) != first || has_inner_capital(text_of(token));
  token.classes = classes_of(text_of(token));
  token.capital = token.capital || may_be_name(token);
  if (!plain && token.classes == 0 && is_of_programs(text_of(token)))
    token.kind = TokenKind::kStop;
  if (is_grid_number(text_of(token))) token.kind = TokenKind::kNumber;
  return token.span.end;
}

}  // namespace noshare::detect
