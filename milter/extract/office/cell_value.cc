#include "extract/office/cell_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// The largest whole number that a double holds exactly.
constexpr double kMostExact = 9007199254740992.0;

// A format's text without quoted stretches, escapes and [conditions].
std::string bare(std::string_view format) {
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(format.find('"', i + 1), format.size());
    } else if (c == '[') {
      i = std::min(format.find(']', i + 1), format.size());
    } else {
      text += ascii_lower(c);
    }
  }
  return text;
}

// Days since 1970-01-01 to year, month and day in the Gregorian calendar (the algorithm
// of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::string iso_date(std::int64_t days) {
  days += 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t of_era = days % 146097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year =
      of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const auto day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  const auto year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  char text[40];
  const int size = std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return {text, static_cast<std::size_t>(size)};
}

// A pattern's characters: '0' and '#' are places, the rest is shown as it is.
struct PatternCharacter {
  char c;
  bool literal;
};

// Nothing if the format is more than places and literals.
std::vector<PatternCharacter> pattern_of(std::string_view format) {
  std::vector<PatternCharacter> pattern;
  const std::string_view positive = format.substr(0, format.find(';'));
  bool quoted = false;
  for (std::size_t i = 0; i < positive.size(); ++i) {
    const char c = positive[i];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\\' && !quoted) {
      if (++i < positive.size()) pattern.push_back({positive[i], true});
    } else if (quoted || c == '-' || c == ' ' || c == '(' || c == ')' || c == '/') {
      pattern.push_back({c, true});
    } else if (c == '0' || c == '#') {
      pattern.push_back({c, false});
    } else {
      return {};
    }
  }
  return pattern;
}

}  // namespace

std::string stored_number(double value) {
  char text[64];
  const bool whole = std::floor(value) == value && std::abs(value) < 1e21;
  const auto done =
      whole ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 0)
            : std::to_chars(text, text + sizeof text, value);
  return {text, done.ptr};
}

std::string shown_date(double days, bool from_1904) {
  constexpr double kLastDay = 2958465;  // 9999-12-31
  if (!(days >= 1) || days > kLastDay) return "";
  const auto whole = static_cast<std::int64_t>(days);
  return iso_date(whole - (from_1904 ? 24107 : 25569));
}

bool is_date_format(std::uint16_t number, std::string_view format) {
  if (format.empty()) {
    return (number >= 14 && number <= 17) || number == 22 ||
           (number >= 27 && number <= 31) || number == 36 ||
           (number >= 50 && number <= 58);
  }
  const std::string text = bare(format);
  return text.find('y') != std::string::npos ||
         (text.find('d') != std::string::npos && text.find('m') != std::string::npos);
}

std::string shown_digits(double value, std::string_view format) {
  if (!(value >= 0) || value >= kMostExact || std::floor(value) != value) return "";
  const auto pattern = pattern_of(format);
  const bool literal = std::any_of(pattern.begin(), pattern.end(),
                                   [](const auto& one) { return one.literal; });
  const auto places = std::count_if(pattern.begin(), pattern.end(),
                                    [](const auto& one) { return !one.literal; });
  if (places == 0) return "";
  std::string digits = stored_number(value);
  if (!literal && digits.size() >= static_cast<std::size_t>(places)) return "";
  std::string shown;  // backwards
  std::ptrdiff_t left = places;
  for (auto one = pattern.rbegin(); one != pattern.rend(); ++one) {
    if (one->literal) {
      shown += one->c;
      continue;
    }
    --left;
    if (!digits.empty()) {
      shown += digits.back();
      digits.pop_back();
    } else if (one->c == '0') {
      shown += '0';
    }
    while (left == 0 && !digits.empty()) {  // the first place takes what is left
      shown += digits.back();
      digits.pop_back();
    }
  }
  std::reverse(shown.begin(), shown.end());
  return shown;
}

}  // namespace noshare::extract
