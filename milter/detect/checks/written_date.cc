// written_date: a date as people write it, with or without a month's name, in any order.
//
// It must exist in the calendar, not lie in the future, and not before `earliest`. Of two
// numbers that can both be the month, either reading will do.
#include <algorithm>
#include <array>
#include <map>

#include "noshare/base/text.h"

#include "detect/checks/calendar.h"
#include "detect/checks/families.h"
#include "detect/checks/parameters.h"

namespace noshare::detect {
namespace {

using Months = std::map<std::string, int, std::less<>>;

// The numbers of a date, in order, and the month that a word named.
struct WrittenParts {
  std::array<int, 3> numbers{};
  std::array<std::size_t, 3> digits{};
  std::size_t count = 0;
  int month = 0;
};

class WrittenDate final : public Check {
 public:
  WrittenDate(Months months, int earliest)
      : months_(std::move(months)), earliest_(earliest) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    WrittenParts parts;
    if (!read(normalised, parts)) return false;
    const auto& [numbers, digits, count, month] = parts;
    if (month > 0) {
      if (count != 2) return false;
      return is_birth(numbers[1], digits[1], month, numbers[0]) ||
             is_birth(numbers[0], digits[0], month, numbers[1]);
    }
    if (count != 3) return false;
    if (digits[0] == 4) return is_birth(numbers[0], 4, numbers[1], numbers[2]);
    return is_birth(numbers[2], digits[2], numbers[1], numbers[0]) ||
           is_birth(numbers[2], digits[2], numbers[0], numbers[1]);
  }
  std::string_view name() const noexcept override { return "written_date"; }
  bool proves() const noexcept override { return false; }
  int cost_ns() const noexcept override { return 80; }

 private:
  bool read(std::string_view text, WrittenParts& parts) const noexcept {
    std::size_t i = 0;
    while (i < text.size()) {
      const std::size_t begin = i;
      if (is_ascii_digit(text[i])) {
        while (i < text.size() && is_ascii_digit(text[i])) ++i;
        if (parts.count == 3) return false;
        parts.digits[parts.count] = i - begin;
        if (!parse_digits(text.substr(begin, i - begin), parts.numbers[parts.count++])) {
          return false;
        }
      } else if (is_letter(text[i])) {
        while (i < text.size() && is_letter(text[i])) ++i;
        const int month = month_named(text.substr(begin, i - begin));
        if (month > 0 && parts.month == 0) parts.month = month;
      } else {
        ++i;
      }
    }
    return true;
  }

  static bool is_letter(char c) noexcept {
    return is_ascii_alpha(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
  }

  // 0 for a word that is no month: "of", "de", "th".
  int month_named(std::string_view word) const noexcept {
    const auto known = months_.find(word);
    return known == months_.end() ? 0 : known->second;
  }

  bool is_birth(int year, std::size_t year_digits, int month, int day) const noexcept {
    if (year_digits == 4) {
      return year >= earliest_ && is_date(year, month, day) &&
             !is_in_future(year, month, day);
    }
    if (year_digits != 2) return false;
    return is_date(1900 + year, month, day) ||
           (is_date(2000 + year, month, day) && !is_in_future(2000 + year, month, day));
  }

  Months months_;
  int earliest_;
};

}  // namespace

// months    twelve lists of names, lower case, as they stand in the value
// earliest  the first year that counts (1900)
// The value must be in lower case (normalise: lower).
Result<std::unique_ptr<Check>> make_written_date(const Json& json) {
  Parameters parameters("written_date", json);
  const int earliest = parameters.integer("earliest", 1900, 1, 9999);
  const Json& lists = parameters.item("months");
  Months months;
  if (!lists.is_null() && (!lists.is_array() || lists.size() != 12)) {
    parameters.fault("'months' must be twelve lists of names");
  }
  int number = 0;
  for (const Json& list : lists.is_array() ? lists : Json::array()) {
    ++number;
    for (const Json& name : list.is_array() ? list : Json::array({list})) {
      const auto word = as_text(name);
      const auto [known, added] = months.emplace(word.value_or(""), number);
      if (!word || known->second != number) {
        parameters.fault("'months' holds '" + word.value_or("?") + "' for two months");
      }
    }
  }
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<WrittenDate>(std::move(months), earliest);
}

}  // namespace noshare::detect
