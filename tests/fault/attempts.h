// Attempts to break out of a sandbox, and ways to end in one.
#pragma once

#include <string>

namespace noshare::fault {

// Tries what `name` says ("open", "fork", ...). "open: EPERM", "open: done", or
// "open: unknown attempt". Fatal ones do not return.
std::string attempt(const std::string& name);

// Ways to end badly.
[[noreturn]] void hang();
[[noreturn]] void crash();
[[noreturn]] void eat_memory();

}  // namespace noshare::fault
