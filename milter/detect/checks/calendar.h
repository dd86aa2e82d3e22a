// Calendar: which dates exist (proleptic Gregorian), and whether they lie in the future.
#pragma once

#include <ctime>

#include "noshare/base/clock.h"

namespace noshare::detect {

constexpr bool is_leap_year(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

// 0 for a month that does not exist.
constexpr int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return kDays[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

constexpr bool is_date(int year, int month, int day) {
  return day >= 1 && day <= days_in_month(year, month);
}

// True if the date lies after today (UTC, with a day of grace for time zones ahead of
// it).
inline bool is_in_future(int year, int month, int day) noexcept {
  constexpr std::int64_t kDayUs = 86'400'000'000;
  const std::time_t tomorrow = (now_unix_us() + kDayUs) / 1'000'000;
  std::tm today{};
  if (::gmtime_r(&tomorrow, &today) == nullptr) return false;
  const int written = (year * 100 + month) * 100 + day;
  return written >
         ((today.tm_year + 1900) * 100 + today.tm_mon + 1) * 100 + today.tm_mday;
}

}  // namespace noshare::detect
