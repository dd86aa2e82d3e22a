// Digit tokens: the stretches of a text that stand for digits, and those that do not.
//
// In:  UTF-8 text, folded     Out: its words, one after the other, each with the digits
// that it means
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "noshare/base/text.h"

#include "extract/disguise/number_words.h"

namespace noshare::extract {

struct DigitToken {
  enum class Kind : std::uint8_t {
    kEnd,         // of the text
    kOther,       // means no digits
    kDigits,      // digits and look-alikes
    kWord,        // a number word, or several run together
    kSeparator,   // "dash"
    kRepeat,      // "double"
    kOrdinal,     // of a list: "2. "
    kScientific,  // "4.11E+15": a whole number
  };
  Kind kind = Kind::kEnd;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;     // as meant; of a single number word: empty
  std::size_t real = 0;   // how many are digits themselves
  std::size_t close = 0;  // how many are letters that look very much alike
  const NumberWord* word = nullptr;
  unsigned times = 1;

  bool has_letters() const { return kind == Kind::kDigits && real < digits.size(); }
  // Otherwise than in ASCII digits.
  bool is_odd() const { return kind == Kind::kDigits && end - begin != real; }
};

class DigitTokens {
 public:
  explicit DigitTokens(std::string_view text) : text_(text) {}
  DigitToken next();
  std::size_t position() const { return at_; }
  // The next token is the first that begins at `at` or behind it.
  void seek(std::size_t at) { at_ = at; }

 private:
  std::size_t end_of_word(std::size_t at) const;
  void read(DigitToken& token);
  void read_letters(DigitToken& token) const;
  bool read_scientific(DigitToken& token) const;
  bool is_ordinal(const DigitToken& token);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t ordinal_ = 0;  // the list's last
};

// Where the word that ends before `end` begins; `end` if there is none. Not before
// `least`.
std::size_t begin_of_word(std::string_view text, std::size_t end, std::size_t least);

// False if a word certainly means no digits, at a glance.
bool may_mean_digits(std::string_view word);
bool may_mean_digits_ascii(std::string_view word);  // of one that is all ASCII

// True if the code point at `at` belongs to a word: a letter, a digit, a mark on one, an
// apostrophe between letters that are not ASCII.
bool is_word_char_beyond_ascii(std::string_view text, std::size_t at);
inline bool is_word_char(std::string_view text, std::size_t at) {
  const auto is_beyond = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]) >= 0x80;
  };
  if (is_beyond(at)) return is_word_char_beyond_ascii(text, at);
  if (is_ascii_alnum(text[at])) return true;
  return text[at] == '\'' && at > 0 && at + 1 < text.size() && is_beyond(at - 1) &&
         is_beyond(at + 1) && is_word_char_beyond_ascii(text, at + 1);
}

}  // namespace noshare::extract
