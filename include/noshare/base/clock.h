// Time: deadlines on the monotonic clock, time stamps on the wall clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace noshare {

using Milliseconds = std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// A point in time after which work for one message stops. Unaffected by changes of the
// clock.
class Deadline {
 public:
  static Deadline after(Milliseconds span) { return Deadline(SteadyClock::now() + span); }
  static Deadline never() { return Deadline(SteadyClock::time_point::max()); }

  bool expired() const { return SteadyClock::now() >= at_; }
  // What is left, never negative. For never(): a day, so that poll(2) accepts it.
  Milliseconds remaining() const;
  SteadyClock::time_point at() const { return at_; }

 private:
  explicit Deadline(SteadyClock::time_point at) : at_(at) {}
  SteadyClock::time_point at_;
};

// Wall clock, microseconds since 1970-01-01 UTC.
std::int64_t now_unix_us();

// "2026-11-24T00:08:24.123Z" (RFC 3339), for logs and reports.
std::string rfc3339_utc(std::int64_t unix_us);
// "Tue, 24 Nov 2026 00:08:24 +0000" (RFC 5322 section 3.3), for letters.
std::string rfc5322_utc(std::int64_t unix_us);

}  // namespace noshare
