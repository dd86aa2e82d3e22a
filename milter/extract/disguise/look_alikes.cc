// See look_alikes.h.
#include "extract/disguise/look_alikes.h"

#include <array>
#include <string_view>

#include <unicode/uchar.h>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

struct Letters {
  char digit;
  std::u32string_view letters;
};

// Latin, Greek and Cyrillic letters.
constexpr std::array<Letters, 2> kClose = {{{'0', U"OoΟοОоØø"}, {'1', U"lIΙІӀіǀ"}}};
constexpr std::array<Letters, 9> kLoose = {{{'0', U"QD"},
                                            {'2', U"Zz"},
                                            {'3', U"ЗзЭƷʒ"},
                                            {'4', U"AЧч"},
                                            {'5', U"SsЅѕ"},
                                            {'6', U"Gbб"},
                                            {'7', U"T"},
                                            {'8', U"BВΒ"},
                                            {'9', U"gq"}}};

// Capitals and small letters of Cyrillic and Greek by the Latin letter they look like.
constexpr std::array<Letters, 18> kLatin = {{{'A', U"АаΑ"},
                                             {'B', U"ВвΒ"},
                                             {'C', U"Сс"},
                                             {'E', U"ЕеΕ"},
                                             {'H', U"НнΗ"},
                                             {'I', U"ІіΙ"},
                                             {'J', U"Јј"},
                                             {'K', U"КкΚ"},
                                             {'M', U"МмΜ"},
                                             {'N', U"Ν"},
                                             {'O', U"ОоΟο"},
                                             {'P', U"РрΡ"},
                                             {'S', U"Ѕѕ"},
                                             {'T', U"ТтΤ"},
                                             {'V', U"Ѵѵν"},
                                             {'X', U"ХхΧ"},
                                             {'Y', U"УуΥ"},
                                             {'Z', U"Ζ"}}};

// The banks' ideographs that Unicode gives no value, and what stands for zero.
constexpr std::array<Letters, 2> kIdeographs = {{{'0', U"〇零"}, {'2', U"贰"}}};

template <std::size_t kCount>
constexpr char in(const std::array<Letters, kCount>& table, char32_t c) {
  for (const Letters& row : table) {
    if (row.letters.find(c) != std::u32string_view::npos) return row.digit;
  }
  return '\0';
}

constexpr std::array<LookAlike, 256> make_ascii_table() {
  std::array<LookAlike, 256> table{};
  for (char32_t c = 0; c < 0x80; ++c) {
    if (c >= U'0' && c <= U'9') {
      table[c] = {DigitLook::kDigit, static_cast<char>(c)};
    } else if (const char close = in(kClose, c)) {
      table[c] = {DigitLook::kClose, close};
    } else if (const char loose = in(kLoose, c)) {
      table[c] = {DigitLook::kLoose, loose};
    }
  }
  return table;
}
constexpr auto kAscii = make_ascii_table();

LookAlike look_beyond_ascii(char32_t c) {
  if (const char digit = in(kClose, c)) return {DigitLook::kClose, digit};
  if (const char digit = in(kLoose, c)) return {DigitLook::kLoose, digit};
  if (const char digit = in(kIdeographs, c)) return {DigitLook::kDigit, digit};
  const double value = u_getNumericValue(static_cast<UChar32>(c));
  if (value >= 0 && value <= 9 && value == static_cast<int>(value)) {
    return {DigitLook::kDigit, static_cast<char>('0' + static_cast<int>(value))};
  }
  return {};
}

// Of the letters of Latin, Greek and Cyrillic, kept.
constexpr std::size_t kKept = 0x530;
std::array<LookAlike, kKept> make_table() {
  std::array<LookAlike, kKept> table{};
  for (char32_t c = 0; c < kKept; ++c) {
    table[c] = c < 0x80 ? kAscii[c] : look_beyond_ascii(c);
  }
  return table;
}

}  // namespace

char latin_letter(char32_t c) {
  if (c >= 0x80) return in(kLatin, c);
  const char letter = ascii_upper(static_cast<char>(c));
  return is_ascii_upper(letter) ? letter : '\0';
}

LookAlike ascii_look_alike(char c) { return kAscii[static_cast<unsigned char>(c)]; }

LookAlike look_alike(char32_t c) {
  static const auto kept = make_table();
  return c < kKept ? kept[c] : look_beyond_ascii(c);
}

}  // namespace noshare::extract
