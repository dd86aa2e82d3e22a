// Scattered groups: a number whose groups stand apart, with words between them.
//
// In:  tokens of digits, in the order of the text     Out: digit lines
// "first 4111, then 1111, again 1111, at last 1111": only in the groups of a card or an
// identity number, near a word that says what it is.
#pragma once

#include <deque>
#include <string_view>

#include "extract/disguise/digit_lines.h"

namespace noshare::extract {

class ScatteredGroups {
 public:
  ScatteredGroups(std::string_view text, DigitLines& out) : text_(text), out_(out) {}
  void take(DigitToken token);

 private:
  void read_from(std::size_t first);
  bool has_words_between(std::size_t first) const;

  std::string_view text_;
  DigitLines& out_;
  std::deque<DigitToken> groups_;  // the last ones, whatever stands between
};

}  // namespace noshare::extract
