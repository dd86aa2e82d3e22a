// See view_lines.h.
#include "extract/disguise/view_lines.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// Beginnings of words in lower case. They only decide whether an odd grouping is worth
// joining; what the number is, the detector says.
constexpr std::array<std::string_view, 29> kCardWords = {
    "card",         "kart",   "carte", "carta",   "tarjeta",  "cart\xC3\xA3o",
    "kaart",        "kort",   "visa",  "master",  "amex",     "american express",
    "credit",       "kredit", "debit", "maestro", "discover", "карт",
    "\xE5\x8D\xA1", "charge", "pay",   "billing", "expir",    "exp.",
    "valid",        "cvv",    "cvc",   "zahl",    "belast"};
constexpr std::array<std::string_view, 6> kIdentityWords = {
    "ssn", "social", "sozial", "security", "itin", "tax id"};
constexpr std::array<std::string_view, 12> kPhoneWords = {
    "phone", "tel", "call",     "mobil", "cell", "handy",
    "fax",   "sms", "whatsapp", "ring",  "dial", "\xCF\x84\xCE\xB7\xCE\xBB"};
constexpr std::array<std::string_view, 14> kBackwards = {"backward",
                                                         "revers",
                                                         "right to left",
                                                         "from the end",
                                                         "r\xC3\xBC"
                                                         "ckw\xC3\xA4rts",
                                                         "umgekehrt",
                                                         "\xC3\xA0 l'envers",
                                                         "l'envers",
                                                         "al rev\xC3\xA9s",
                                                         "al reves",
                                                         "contrario",
                                                         "rovescio",
                                                         "achterstevoren",
                                                         "bakl\xC3\xA4nges"};

template <std::size_t kCount>
bool any_in(std::string_view text, const std::array<std::string_view, kCount>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

void ViewLines::begin(std::size_t at) {
  ++lines_;
  std::size_t from = at - std::min(at, kContext);
  // A character or word cut in half at the front would be another.
  while (from > 0 && from < at && !is_ascii_space(text_[from])) ++from;
  while (from < at) {
    const std::size_t space =
        std::min(text_.substr(0, at).find_first_of("\t\r\n", from), at);
    out_.copy(text_.substr(from, space - from), from);
    if (space < at) out_.replace(" ", space);
    from = std::min(space + 1, at);
  }
  out_.replace(" ", at);
}

void ViewLines::put(char meant, std::size_t origin) {
  const std::string_view one(&meant, 1);
  if (origin < text_.size() && text_[origin] == meant) {
    out_.copy(one, origin);
  } else {
    out_.replace(one, origin);
  }
}

void ViewLines::end(std::size_t end) { out_.replace("\n", end); }

Cues cues_around(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kBehind = 40;
  const std::size_t from = begin - std::min(begin, ViewLines::kContext);
  std::string around = ascii_lowered(text.substr(from, begin - from));
  around += ' ';
  around += ascii_lowered(text.substr(end, kBehind));
  return {any_in(around, kCardWords), any_in(around, kIdentityWords),
          any_in(around, kPhoneWords), any_in(around, kBackwards)};
}

bool says_number(std::string_view text) {
  constexpr std::ptrdiff_t kFewestDigits = 9;
  constexpr std::size_t kMost = 4096;
  text = text.substr(0, kMost);
  if (std::count_if(text.begin(), text.end(), is_ascii_digit) < kFewestDigits) {
    return false;
  }
  const std::string words = ascii_lowered(text);
  return any_in(words, kCardWords) || any_in(words, kIdentityWords) ||
         words.find("iban") != std::string::npos;
}

}  // namespace noshare::extract
