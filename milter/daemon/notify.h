// Notify: tells systemd how the daemon is (sd_notify(3)). Without systemd nothing
// happens.
#pragma once

#include <string>

#include "noshare/base/clock.h"

namespace noshare::daemon::notify {

void ready(const std::string& status);
void reloading();
void stopping();
void alive();  // for the watchdog

// How often alive() must be called: half of systemd's limit; zero without a watchdog.
Milliseconds watchdog_interval();

}  // namespace noshare::daemon::notify
