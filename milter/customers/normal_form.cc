// Normal forms: see normal_form.h.
#include "customers/normal_form.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

namespace noshare::customers {

namespace {

using config::ColumnType;

// Base letters of U+00C0 to U+017F (Latin-1 Supplement, Latin Extended-A), four bytes
// each; a blank: no letter.
constexpr std::string_view kLatin =
    "a   a   a   a   a   a   ae  c   e   e   e   e   i   i   i   i   "
    "d   n   o   o   o   o   o       o   u   u   u   u   y   th  ss  "
    "a   a   a   a   a   a   ae  c   e   e   e   e   i   i   i   i   "
    "d   n   o   o   o   o   o       o   u   u   u   u   y   th  y   "
    "a   a   a   a   a   a   c   c   c   c   c   c   c   c   d   d   "
    "d   d   e   e   e   e   e   e   e   e   e   e   g   g   g   g   "
    "g   g   g   g   h   h   h   h   i   i   i   i   i   i   i   i   "
    "i   i   ij  ij  j   j   k   k   k   l   l   l   l   l   l   l   "
    "l   l   l   n   n   n   n   n   n   n   n   n   o   o   o   o   "
    "o   o   oe  oe  r   r   r   r   r   r   s   s   s   s   s   s   "
    "s   s   t   t   t   t   t   t   u   u   u   u   u   u   u   u   "
    "u   u   u   u   w   w   y   y   y   z   z   z   z   z   z   s   ";
static_assert(kLatin.size() == std::size_t{0x180 - 0xC0} * 4);

bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// Upper case of the scripts that have it and need no table.
bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
         (c >= 0x100 && c <= 0x17F && c % 2 == 0) || (c >= 0x391 && c <= 0x3A9) ||
         (c >= 0x400 && c <= 0x42F);
}

// Scripts without case: Hebrew, Arabic, Indic, Thai, Han, Kana, Hangul.
bool has_no_case(char32_t c) {
  return (c >= 0x5D0 && c < 0x10A0) || (c >= 0x2E80 && c < 0xFB00);
}

bool is_word_letter(char32_t c) {
  if (c < 0x80) return is_ascii_alnum(static_cast<char>(c));
  const bool punctuation = (c < 0xC0) || c == 0xD7 || c == 0xF7 ||
                           (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) ||
                           (c >= 0xFF00 && c < 0xFF10) || c == 0xFFFD;
  return !punctuation;
}

void append_folded(std::string& into, char32_t c) {
  if (c < 0x80) {
    into += ascii_lower(static_cast<char>(c));
  } else if (c >= 0xC0 && c < 0x180) {
    const std::string_view base = kLatin.substr((c - 0xC0) * 4, 4);
    into += base.substr(0, base.find(' '));
  } else if (is_mark(c)) {
    return;
  } else if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) {
    append_utf8(into, c + 0x20);
  } else if (c >= 0x400 && c <= 0x40F) {
    append_utf8(into, c + 0x50);
  } else {
    append_utf8(into, c);
  }
}

// Kinds of street and their short forms, as words of their own and as ends of words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kStreets = {
    {{"street", "st"},
     {"road", "rd"},
     {"avenue", "ave"},
     {"av", "ave"},
     {"boulevard", "blvd"},
     {"drive", "dr"},
     {"lane", "ln"},
     {"court", "ct"},
     {"place", "pl"},
     {"square", "sq"},
     {"terrace", "ter"},
     {"strasse", "str"},
     {"straat", "str"},
     {"apartment", "apt"},
     {"suite", "ste"},
     {"highway", "hwy"},
     {"parkway", "pkwy"}}};

std::string short_street(const std::string& word) {
  for (const auto& [full, brief] : kStreets) {
    if (word == full) return std::string(brief);
  }
  for (const std::string_view glued : {"strasse", "straat"}) {
    if (word.size() > glued.size() && word.ends_with(glued)) {
      return word.substr(0, word.size() - glued.size()) + "str";
    }
  }
  return word;
}

constexpr std::array<std::array<std::string_view, 6>, 12> kMonths = {
    {{"jan", "janvier", "ene", "gen", "januar", "january"},
     {"feb", "fev", "fevrier", "febbraio", "febrero", "february"},
     {"mar", "mars", "marz", "maart", "mrz", "march"},
     {"apr", "avr", "avril", "abr", "aprile", "april"},
     {"may", "mai", "mayo", "mei", "maggio", "mag"},
     {"jun", "juin", "giu", "junio", "juni", "june"},
     {"jul", "juillet", "lug", "julio", "juli", "july"},
     {"aug", "aout", "ago", "agosto", "augustus", "august"},
     {"sep", "sept", "set", "septembre", "septiembre", "september"},
     {"oct", "okt", "ott", "octobre", "oktober", "october"},
     {"nov", "novembre", "noviembre", "noiembrie", "nov", "november"},
     {"dec", "dez", "dic", "decembre", "dezember", "december"}}};

int month_of(std::string_view word) {
  const std::string folded = folded_letters(word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (std::find(kMonths[i].begin(), kMonths[i].end(), folded) != kMonths[i].end()) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// 0 unless `text` is a number of at most four digits.
int small_number(std::string_view text) {
  int value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && text.size() <= 4 && value > 0 ? value : 0;
}

std::string day_text(int year, int month, int day) {
  if (year < 1850 || year > 2150 || month < 1 || month > 12 || day < 1 || day > 31) {
    return {};
  }
  std::string text = std::to_string(year) + (month < 10 ? "-0" : "-") +
                     std::to_string(month) + (day < 10 ? "-0" : "-");
  return text + std::to_string(day);
}

int full_year(std::string_view text) {
  const int year = small_number(text);
  if (text.size() == 4) return year;
  // Two digits: up to 30 is of this century, as POSIX strptime has it for 68.
  return text.size() == 2 ? (year > 30 ? 1900 : 2000) + year : 0;
}

std::string date_form(std::string_view value, config::DateOrder order) {
  const auto words = words_of(value, 8);
  std::vector<std::string> days;
  if (words.size() >= 3) {
    days = day_readings(words[0].folded, words[1].folded, words[2].folded);
  } else if (!words.empty() && words[0].folded.size() == 8) {  // 19800403
    const std::string& text = words[0].folded;
    days = day_readings(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
  }
  if (days.empty()) return {};
  return order == config::DateOrder::kDayFirst ? days.front() : days.back();
}

// How many digits the calling code has with which an international number begins (ITU-T
// E.164, list of 2016): those of one and two digits; all others have three.
std::size_t calling_code_digits(std::string_view digits) {
  constexpr std::string_view kTwo =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 "
      "61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  if (digits.front() == '1' || digits.front() == '7') return 1;
  const std::string two = std::string(digits.substr(0, 2)) + " ";
  return kTwo.find(two) != std::string_view::npos ? 2 : 3;
}

std::string phone_form(std::string_view digits, bool international) {
  constexpr std::size_t kFewest = 7;
  constexpr std::size_t kMost = 15;  // E.164
  if (!international && digits.substr(0, 2) == "00") {
    digits.remove_prefix(2);
    international = true;
  }
  if (digits.size() < kFewest || digits.size() > kMost + 1) return {};
  if (international) digits.remove_prefix(calling_code_digits(digits));
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.size() < kFewest - 1 ? std::string() : std::string(digits);
}

}  // namespace

std::string folded_letters(std::string_view text) {
  std::string folded;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_folded(folded, point.value);
    at += point.bytes;
  }
  return folded;
}

std::vector<Word> words_of(std::string_view text, std::size_t most) {
  std::vector<Word> words;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (is_word_letter(point.value)) {
      if (!inside) {
        if (words.size() == most) break;
        words.push_back({{},
                         {static_cast<std::uint32_t>(at), 0},
                         is_capital(point.value) || has_no_case(point.value)});
      }
      inside = true;
      append_folded(words.back().folded, point.value);
      words.back().span.end = static_cast<std::uint32_t>(at + point.bytes);
    } else {
      inside = false;
    }
    at += point.bytes;
  }
  return words;
}

std::string form_of_words(ColumnType type, const Word* first, std::size_t count) {
  std::vector<std::string_view> parts;
  std::vector<std::string> shortened;
  if (type == ColumnType::kName) {
    for (std::size_t i = 0; i < count; ++i) parts.emplace_back(first[i].folded);
    // An initial between two names comes and goes.
    const auto is_initial = [](std::string_view word) { return word.size() == 1; };
    const auto full =
        std::count_if(parts.begin(), parts.end(),
                      [&](std::string_view word) { return !is_initial(word); });
    if (full >= 2) std::erase_if(parts, is_initial);
    std::sort(parts.begin(), parts.end());
  } else if (type == ColumnType::kAddress) {
    for (std::size_t i = 0; i < count; ++i) {
      shortened.push_back(short_street(first[i].folded));
    }
    parts.assign(shortened.begin(), shortened.end());
  } else {
    for (std::size_t i = 0; i < count; ++i) parts.emplace_back(first[i].folded);
  }
  std::string form;
  for (const std::string_view part : parts) {
    if (!form.empty()) form += ' ';
    form += part;
  }
  return form.size() < 2 ? std::string() : form;
}

std::size_t count_words(ColumnType type, std::string_view value) {
  const bool of_words = type == ColumnType::kName || type == ColumnType::kAddress ||
                        type == ColumnType::kText;
  return of_words ? words_of(value, 64).size() : 1;
}

std::string number_form(ColumnType type, std::string_view alnum, bool has_plus) {
  constexpr std::size_t kShortestId = 4;
  constexpr std::size_t kLongestId = 34;  // an IBAN, ISO 13616
  constexpr std::size_t kShortestIban = 15;
  if (type == ColumnType::kPhone) {
    const bool digits = std::all_of(alnum.begin(), alnum.end(), is_ascii_digit);
    return digits && !alnum.empty() ? phone_form(alnum, has_plus) : std::string();
  }
  const std::size_t least = type == ColumnType::kIban ? kShortestIban : kShortestId;
  if (alnum.size() < least || alnum.size() > kLongestId) return {};
  if (std::none_of(alnum.begin(), alnum.end(), is_ascii_digit)) return {};
  std::string form(alnum);
  std::transform(form.begin(), form.end(), form.begin(), ascii_upper);
  return form;
}

std::vector<std::string> day_readings(std::string_view a, std::string_view b,
                                      std::string_view c) {
  std::vector<std::string> days;
  const auto add = [&](std::string day) {
    if (!day.empty() && std::find(days.begin(), days.end(), day) == days.end()) {
      days.push_back(std::move(day));
    }
  };
  const bool a_is_number = !a.empty() && is_ascii_digit(a.front());
  const bool b_is_number = !b.empty() && is_ascii_digit(b.front());
  if (a_is_number && a.size() == 4) {  // 1980-04-03, 1980 April 3
    add(day_text(full_year(a), b_is_number ? small_number(b) : month_of(b),
                 small_number(c)));
  } else if (a_is_number && b_is_number) {
    add(day_text(full_year(c), small_number(b), small_number(a)));
    add(day_text(full_year(c), small_number(a), small_number(b)));
  } else if (a_is_number) {  // 3 April 1980
    add(day_text(full_year(c), month_of(b), small_number(a)));
  } else if (b_is_number) {  // April 3, 1980; the day may say "3rd"
    add(day_text(full_year(c), month_of(a),
                 small_number(b.substr(0, b.find_first_not_of("0123456789")))));
  }
  return days;
}

std::string normal_form(ColumnType type, std::string_view value,
                        config::DateOrder order) {
  value = trimmed(value);
  switch (type) {
    case ColumnType::kEmail: {
      std::string address = normalised_address(value);
      const std::size_t at = address.rfind('@');
      const bool whole = at != std::string::npos && at > 0 && at + 1 < address.size();
      return whole ? address : std::string();
    }
    case ColumnType::kDate:
      return date_form(value, order);
    case ColumnType::kPhone:
    case ColumnType::kId:
    case ColumnType::kIban: {
      std::string alnum;
      for (const char c : value) {
        if (is_ascii_alnum(c)) alnum += c;
      }
      // "+44 (0)20 ...": the zero in brackets is dialled at home only.
      const bool has_plus = !value.empty() && value.front() == '+';
      return number_form(type, alnum, has_plus);
    }
    case ColumnType::kName:
    case ColumnType::kAddress:
    case ColumnType::kText: {
      const auto words = words_of(value, 64);
      return form_of_words(type, words.data(), words.size());
    }
  }
  return {};
}

}  // namespace noshare::customers
