// The date inside a number: a person's birth, as many national numbers carry it.
//
// A date passes when it exists and does not lie in the future, in at least one of the
// years that the digits can mean.
#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "detect/checks/calendar.h"
#include "detect/checks/families.h"
#include "detect/checks/parameters.h"
#include "detect/checks/remainder_condition.h"

namespace noshare::detect {
namespace {

constexpr int kFirstYear = 1850;  // nobody born before it has a number
constexpr int kLastYear = 2199;

struct YearRange {
  int first = 1900;
  int last = kLastYear;
};

// Which years a mark in the number stands for.
struct Century {
  std::string marks;  // single characters, or empty: a range of digits
  DigitRange digits;
  YearRange years;
};

struct MonthOffset {
  int offset = 0;
  YearRange years;
};

struct DateRule {
  int at = 0;
  std::string layout;  // Y M D digits, m a month's letter, D three times: day of the year
  std::string months;  // the twelve letters for m
  std::vector<int> day_offsets = {0};
  std::vector<MonthOffset> month_offsets = {{0, {kFirstYear, kLastYear}}};
  int century_at = 0;
  std::size_t century_length = 1;
  std::vector<Century> centuries;  // empty: no mark, any century
  bool unknown_parts = false;      // month and day may be 00
};

// What the layout's letters read.
struct DateFields {
  int year = 0;
  int year_digits = 0;
  int month = 0;
  int day = 0;
  int day_digits = 0;
};

class DateCheck final : public Check {
 public:
  explicit DateCheck(DateRule rule) : rule_(std::move(rule)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t at = 0;
    DateFields fields;
    if (!resolve_place(rule_.at, normalised.size(), at) ||
        at + rule_.layout.size() > normalised.size() ||
        !read_fields(normalised.substr(at), fields)) {
      return false;
    }
    if (rule_.centuries.empty()) return in_years(fields, {kFirstYear, kLastYear});
    std::size_t mark_at = 0;
    if (!resolve_place(rule_.century_at, normalised.size(), mark_at) ||
        mark_at + rule_.century_length > normalised.size()) {
      return false;
    }
    const std::string_view mark = normalised.substr(mark_at, rule_.century_length);
    return std::any_of(rule_.centuries.begin(), rule_.centuries.end(),
                       [&](const Century& century) {
                         return means(century, mark) && in_years(fields, century.years);
                       });
  }
  std::string_view name() const noexcept override { return "date"; }
  bool proves() const noexcept override { return false; }
  DigitConditions digit_conditions(std::size_t digits) const override;

 private:
  DigitConditions field_within(std::size_t digits, std::size_t at, const char* letters,
                               std::vector<DigitCondition::Interval> lawful) const;
  bool read_fields(std::string_view text, DateFields& fields) const noexcept {
    for (std::size_t i = 0; i < rule_.layout.size(); ++i) {
      const char kind = rule_.layout[i];
      if (kind == 'm') {
        const std::size_t month = rule_.months.find(text[i]);
        if (month == std::string::npos) return false;
        fields.month = static_cast<int>(month) + 1;
        continue;
      }
      if (kind != 'Y' && kind != 'M' && kind != 'D') continue;
      if (!is_ascii_digit(text[i])) return false;
      const int digit = text[i] - '0';
      if (kind == 'Y') {
        fields.year = fields.year * 10 + digit;
        ++fields.year_digits;
      } else if (kind == 'M') {
        fields.month = fields.month * 10 + digit;
      } else {
        fields.day = fields.day * 10 + digit;
        ++fields.day_digits;
      }
    }
    return true;
  }

  static bool means(const Century& century, std::string_view mark) noexcept {
    if (!century.marks.empty()) {
      return mark.size() == 1 && century.marks.find(mark[0]) != std::string::npos;
    }
    int number = 0;
    return parse_digits(mark, number) && number >= century.digits.first &&
           number <= century.digits.last;
  }

  // Whether the fields are a date in one of these years, for one of the offsets.
  bool in_years(const DateFields& fields, YearRange years) const noexcept {
    for (const MonthOffset& month : rule_.month_offsets) {
      const YearRange both{std::max(years.first, month.years.first),
                           std::min(years.last, month.years.last)};
      for (const int day_offset : rule_.day_offsets) {
        if (is_past(fields, fields.month - month.offset, fields.day - day_offset, both)) {
          return true;
        }
      }
    }
    return false;
  }

  bool is_past(const DateFields& fields, int month, int day,
               YearRange years) const noexcept {
    if (fields.year_digits >= 4) {
      return fields.year >= years.first && fields.year <= years.last &&
             is_past_day(fields, fields.year, month, day);
    }
    int year = years.first - years.first % 100 + fields.year % 100;
    if (year < years.first) year += 100;
    for (; year <= years.last; year += 100) {
      if (is_past_day(fields, year, month, day)) return true;
    }
    return false;
  }

  bool is_past_day(const DateFields& fields, int year, int month,
                   int day) const noexcept {
    if (fields.day_digits == 3) {  // the day of the year
      return day >= 1 && day <= (is_leap_year(year) ? 366 : 365) &&
             !is_in_future(year, 1, 1);
    }
    if (rule_.unknown_parts && day == 0 && month >= 0 && month <= 12) {
      return !is_in_future(year, 1, 1);
    }
    return is_date(year, month, day) && !is_in_future(year, month, day);
  }

  DateRule rule_;
};

// The two digits of a field lie within the intervals; nothing where the layout has no
// such field.
DigitConditions DateCheck::field_within(
    std::size_t digits, std::size_t at, const char* letters,
    std::vector<DigitCondition::Interval> lawful) const {
  const std::size_t field = rule_.layout.find(letters);
  if (field == std::string::npos ||
      std::count(rule_.layout.begin(), rule_.layout.end(), letters[0]) != 2)
    return {};
  return number_within(digits, at + field, 2, std::move(lawful), false);
}

DigitConditions DateCheck::digit_conditions(std::size_t digits) const {
  std::size_t at = 0;
  if (!resolve_place(rule_.at, digits, at) || at + rule_.layout.size() > digits)
    return never();
  const int least = rule_.unknown_parts ? 0 : 1;
  std::vector<DigitCondition::Interval> days, months;
  for (const int offset : rule_.day_offsets)
    days.push_back({offset + least, offset + 31});
  for (const MonthOffset& month : rule_.month_offsets)
    months.push_back({month.offset + least, month.offset + 12});
  DigitConditions result = field_within(digits, at, "MM", std::move(months));
  join(result, field_within(digits, at, "DD", std::move(days)));
  return result;
}

// "1900-1999" or "1954".
YearRange read_years(Parameters& parameters, const Json& value) {
  const auto text = as_text(value);
  const auto range = text ? parse_digit_range(*text) : std::nullopt;
  if (!range || range->digits != 4) {
    parameters.fault("expected years such as '1900-1999'");
    return {};
  }
  return {range->first, range->last};
}

// century: {at: 6, length: 3, digits: {000-499: 1900-1999}} or {at: 6, marks: {"-":
// ...}}; the same digits may stand for several ranges: {4: [2000-2036, 1937-1999]}.
void read_century(Parameters& outer, DateRule& rule) {
  const Json& json = outer.item("century");
  if (json.is_null()) return;
  Parameters parameters("date century", json);
  rule.century_at = parameters.integer("at", 0, -64, 64);
  rule.century_length = static_cast<std::size_t>(parameters.integer("length", 1, 1, 9));
  for (const bool by_digits : {true, false}) {
    const Json& table = parameters.item(by_digits ? "digits" : "marks");
    if (!table.is_object()) continue;
    for (const auto& [key, value] : table.items()) {
      Century century;
      const auto range = parse_digit_range(key);
      if (by_digits && !range) parameters.fault("'" + key + "' is no range of digits");
      if (by_digits && range) century.digits = *range;
      if (!by_digits) century.marks = key;
      for (const Json& years : value.is_array() ? value : Json::array({value})) {
        century.years = read_years(parameters, years);
        rule.centuries.push_back(century);
      }
    }
  }
  if (rule.centuries.empty()) parameters.fault("'digits' or 'marks' is missing");
  const auto finished = parameters.finish();
  if (!finished) outer.fault(finished.error().message);
}

// month_offsets: [0, 50], or with the years that each stands for: {0: 1900-1999, 20:
// ...}.
void read_month_offsets(Parameters& parameters, DateRule& rule) {
  const Json& json = parameters.item("month_offsets");
  if (json.is_null()) return;
  rule.month_offsets.clear();
  if (json.is_array()) {
    for (const Json& entry : json) {
      rule.month_offsets.push_back(
          {as_integer(entry).value_or(-1), {kFirstYear, kLastYear}});
    }
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      int offset = -1;
      if (!parse_digits(key, offset)) offset = -1;
      rule.month_offsets.push_back({offset, read_years(parameters, value)});
    }
  }
  for (const MonthOffset& month : rule.month_offsets) {
    if (month.offset < 0) parameters.fault("'month_offsets' must hold whole numbers");
  }
  if (rule.month_offsets.empty())
    parameters.fault("'month_offsets' must be a list or mapping");
}

}  // namespace

// layout         such as YYMMDD, DDMMYYYY, YYmDD; other letters skip a character
// at             where it begins (0)
// months         the letters of January to December, for m
// day_offsets    added to the day for some people: [0, 40]
// month_offsets  the same for months, or with the years they mean
// century        the mark that tells the century
// unknown        true: day, or month and day, may be 00
Result<std::unique_ptr<Check>> make_date(const Json& json) {
  Parameters parameters("date", json);
  DateRule rule;
  parameters.require("layout");
  rule.layout = parameters.text("layout", "");
  rule.at = parameters.integer("at", 0, -64, 64);
  rule.months = parameters.text("months", "");
  rule.unknown_parts = parameters.truth("unknown", false);
  const std::vector<int> offsets = parameters.integers("day_offsets", 0, 99);
  if (!offsets.empty()) rule.day_offsets = offsets;
  read_month_offsets(parameters, rule);
  read_century(parameters, rule);
  const auto letters = std::count(rule.layout.begin(), rule.layout.end(), 'm');
  if (letters > 0 && rule.months.size() != 12)
    parameters.fault("'months' must be 12 letters");
  const auto years = std::count(rule.layout.begin(), rule.layout.end(), 'Y');
  if (years != 2 && years != 4) parameters.fault("'layout' must hold YY or YYYY");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<DateCheck>(std::move(rule));
}

}  // namespace noshare::detect
