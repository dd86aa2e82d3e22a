// See digit_tokens.h.
#include "extract/disguise/digit_tokens.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "noshare/base/text.h"

#include "extract/disguise/look_alikes.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostDigits = 40;

bool is_word_point(char32_t point) {
  switch (u_charType(static_cast<UChar32>(point))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool is_word_char_beyond_ascii(std::string_view text, std::size_t at) {
  return is_word_point(code_point_at(text, at).value);
}

std::size_t begin_of_word(std::string_view text, std::size_t end, std::size_t least) {
  std::size_t begin = end;
  while (begin > least) {
    if (is_ascii_alnum(text[begin - 1])) {
      --begin;
      continue;
    }
    std::size_t at = begin - 1;
    while (at > least && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    if (!is_word_char(text, at)) break;
    begin = at;
  }
  return begin;
}

namespace {

constexpr std::size_t kShortestRun = 12;  // letters of number words run together

}  // namespace

bool may_mean_digits_ascii(std::string_view word) {
  return is_ascii_digit(word.front()) || may_be_number_word_ascii(word) ||
         (word.size() >= kShortestRun && may_begin_number_word(word[0], word[1])) ||
         std::all_of(word.begin(), word.end(),
                     [](char c) { return ascii_look_alike(c).look != DigitLook::kNone; });
}

bool may_mean_digits(std::string_view word) {
  if (is_ascii(word)) return may_mean_digits_ascii(word);
  if (is_ascii_digit(word.front()) || may_be_number_word(word)) return true;
  if (word.size() >= kShortestRun && may_begin_number_word(word[0], word[1])) return true;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    if (look_alike(point.value).look == DigitLook::kNone) return false;
    at += point.bytes;
  }
  return true;
}

std::size_t DigitTokens::end_of_word(std::size_t at) const {
  while (at < text_.size() && is_word_char(text_, at)) {
    at +=
        static_cast<unsigned char>(text_[at]) < 0x80 ? 1 : code_point_at(text_, at).bytes;
  }
  return at;
}

DigitToken DigitTokens::next() {
  DigitToken token;
  while (at_ < text_.size() && !is_word_char(text_, at_)) {
    at_ += static_cast<unsigned char>(text_[at_]) < 0x80
               ? 1
               : code_point_at(text_, at_).bytes;
  }
  if (at_ >= text_.size()) return token;
  token.begin = at_;
  if (read_scientific(token)) {
    at_ = token.end;
    return token;
  }
  token.end = end_of_word(at_);
  if (may_mean_digits(text_.substr(at_, token.end - at_))) {
    read(token);
  } else {
    token.kind = DigitToken::Kind::kOther;
  }
  at_ = std::max(token.end, at_ + 1);
  return token;
}

void DigitTokens::read(DigitToken& token) {
  using Kind = DigitToken::Kind;
  token.kind = Kind::kDigits;
  std::size_t at = token.begin;
  while (at < text_.size() && is_word_char(text_, at)) {
    const CodePoint point = code_point_at(text_, at);
    const LookAlike meant = look_alike(point.value);
    at += point.bytes;
    if (meant.look == DigitLook::kNone || token.digits.size() == kMostDigits) {
      token.kind = Kind::kOther;
      break;
    }
    token.digits += meant.digit;
    token.real += meant.look == DigitLook::kDigit ? 1U : 0U;
    token.close += meant.look == DigitLook::kClose ? 1U : 0U;
  }
  token.end = end_of_word(at);
  if (token.kind == Kind::kOther || token.real == 0) read_letters(token);
  if (token.kind == Kind::kDigits && is_ordinal(token)) token.kind = Kind::kOrdinal;
}

// A word of letters. One of look-alikes stays what it is unless it is a number's word.
void DigitTokens::read_letters(DigitToken& token) const {
  using Kind = DigitToken::Kind;
  const std::string_view word = text_.substr(token.begin, token.end - token.begin);
  token.word = number_word(word);
  if (token.word != nullptr) {
    token.kind = Kind::kWord;
    token.digits.clear();
    return;
  }
  if (token.kind == Kind::kDigits) return;
  token.digits.clear();
  token.times = repeating_word(word);
  if (token.times > 1) {
    token.kind = Kind::kRepeat;
  } else if (is_separator_word(word)) {
    token.kind = Kind::kSeparator;
  } else if (constexpr std::size_t kShortest = 12; word.size() >= kShortest) {
    token.digits = run_of_number_words(word);
    if (!token.digits.empty()) token.kind = Kind::kWord;
  }
}

// "4.111111111111111E+15".
bool DigitTokens::read_scientific(DigitToken& token) const {
  constexpr std::size_t kFewest = 8;  // digits behind the point: fewer are no number
  const std::string_view rest = text_.substr(token.begin, 32);
  if (rest.size() < kFewest || !is_ascii_digit(rest[0]) ||
      (rest[1] != '.' && rest[1] != ',') || !is_ascii_digit(rest[2])) {
    return false;
  }
  std::size_t at = 2;
  while (at < rest.size() && is_ascii_digit(rest[at])) ++at;
  if (at < 2 + kFewest || at + 2 > rest.size() || ascii_lower(rest[at]) != 'e') {
    return false;
  }
  std::string digits = rest[0] + std::string(rest.substr(2, at - 2));
  ++at;
  if (rest[at] == '+') ++at;
  std::size_t power = 0;
  std::size_t end = at;
  while (end < rest.size() && end < at + 2 && is_ascii_digit(rest[end])) {
    power = power * 10 + static_cast<std::size_t>(rest[end++] - '0');
  }
  while (power + 1 < digits.size() && digits.ends_with('0')) digits.pop_back();
  if (end == at || power + 1 < digits.size() || power + 1 > kMostDigits) return false;
  token.kind = DigitToken::Kind::kScientific;
  token.digits = digits + std::string(power + 1 - digits.size(), '0');
  token.end = token.begin + end;
  return true;
}

// "1. ", "2) " at the beginnings of lines, one after the other.
bool DigitTokens::is_ordinal(const DigitToken& token) {
  if (token.digits.size() > 2 || token.real != token.digits.size()) return false;
  const std::string_view behind = text_.substr(token.end, 2);
  if (behind.size() < 2 || (behind[0] != '.' && behind[0] != ')') || behind[1] != ' ') {
    return false;
  }
  const std::size_t line = text_.find_last_of('\n', token.begin);
  const std::size_t from = line == std::string_view::npos ? 0 : line + 1;
  const std::string_view before = text_.substr(from, token.begin - from);
  if (before.find_first_not_of("> \t|") != std::string_view::npos) return false;
  const std::size_t number = std::stoul(token.digits);
  if (number != 1 && number != ordinal_ + 1) return false;
  ordinal_ = number;
  return true;
}

}  // namespace noshare::extract
