#include "daemon/notify.h"

#include <cstdint>
#include <ctime>

#include <systemd/sd-daemon.h>

namespace noshare::daemon::notify {

void ready(const std::string& status) {
  sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void reloading() {
  // Type=notify-reload wants the time of the request on the monotonic clock.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t us = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
  sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(us)).c_str());
}

void stopping() { sd_notify(0, "STOPPING=1\nSTATUS=finishing the messages under way"); }

void alive() { sd_notify(0, "WATCHDOG=1"); }

Milliseconds watchdog_interval() {
  std::uint64_t limit_us = 0;
  if (sd_watchdog_enabled(0, &limit_us) <= 0) return Milliseconds(0);
  return Milliseconds(limit_us / 2000);
}

}  // namespace noshare::daemon::notify
