#include "noshare/base/clock.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace noshare {

Milliseconds Deadline::remaining() const {
  constexpr Milliseconds kMost = std::chrono::hours(24);
  const auto now = SteadyClock::now();
  if (now >= at_) return Milliseconds(0);
  if (at_ - now >= kMost) return kMost;
  return std::chrono::ceil<Milliseconds>(at_ - now);
}

std::int64_t now_unix_us() {
  using std::chrono::duration_cast;
  return duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string rfc3339_utc(std::int64_t unix_us) {
  constexpr std::int64_t kSecond = 1'000'000;
  std::int64_t seconds = unix_us / kSecond;
  std::int64_t rest = unix_us % kSecond;
  if (rest < 0) {
    rest += kSecond;
    --seconds;
  }
  const std::time_t time = seconds;
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return "-";
  std::array<char, 64> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 16> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                static_cast<int>(rest / 1000));
  return std::string(text.data(), size) + fraction.data();
}

std::string rfc5322_utc(std::int64_t unix_us) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t time = unix_us / 1'000'000;
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return "-";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text.data();
}

}  // namespace noshare
