// Attempts to break out of a worker's sandbox.
#pragma once

#include <string>

namespace noshare::fault {

// Tries what `name` says ("open", "fork", ...). "open: EPERM", "open: done", or
// "open: unknown attempt". Fatal ones do not return.
std::string attempt(const std::string& name);

}  // namespace noshare::fault
