// Self-check: what an administrator should know before the first message comes.
//
// In:  settings and the process's limits     Out: warnings, one sentence each
// None of them keeps the daemon from starting.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/config/settings.h"

namespace noshare::daemon {

std::vector<std::string> self_check(const config::Settings& settings);

// Raises the limit of open descriptors as far as allowed, and says how many connections
// that is good for: a message needs a second descriptor for its bytes.
std::uint64_t raise_descriptor_limit();

}  // namespace noshare::daemon
