#include "noshare/base/day.h"

#include <chrono>
#include <cstdio>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"

namespace noshare {

Result<std::int64_t> day_begin_us(const std::string& day) {
  constexpr std::size_t kChars = 10;
  int year = 0;
  unsigned month = 0;
  unsigned date = 0;
  int end = 0;
  const bool read =
      day.size() == kChars && is_ascii_digit(day[0]) &&
      std::sscanf(day.c_str(), "%4d-%2u-%2u%n", &year, &month, &date, &end) == 3;
  const std::chrono::year_month_day parts{
      std::chrono::year(year), std::chrono::month(month), std::chrono::day(date)};
  if (!read || end != static_cast<int>(kChars) || !parts.ok()) {
    return fail(ErrorCode::kInvalidInput, "expected a day, as in 2026-11-24");
  }
  return std::chrono::sys_days(parts).time_since_epoch().count() * kDay_us;
}

std::string day_of(std::int64_t unix_us) {
  constexpr std::size_t kChars = 10;
  return rfc3339_utc(unix_us).substr(0, kChars);
}

}  // namespace noshare
