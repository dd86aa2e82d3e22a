// Keeper: the whole of a converter program but for its conversion, a fork server.
//
// In:  requests on descriptor 3 (packets.h)     Out: the exit status
// Loads and warms up its library, gives up its rights, and reads no file itself. For each
// request it forks a child that enters a sandbox in which it can only compute, converts
// one file and ends; when that does not end well, the keeper tells the client why. It
// leaves when nobody is left who could ask.
#pragma once

#include <string_view>

#include "convert/output.h"

namespace noshare::convert {

inline constexpr int kRequestDescriptor = 3;
inline constexpr char kServeOption[] = "--serve";

struct Conversion {
  // Runs once, in the keeper: loads what a library puts off until first used.
  void (*warm_up)();
  // Runs in the sandbox. May throw std::bad_alloc; any other exception ends the child.
  void (*convert)(std::string_view file, Output& out);
};

// 64 (EX_USAGE of sysexits.h) for any other command line: not a program for people.
int run_keeper(int argument_count, const char* const* arguments,
               const Conversion& conversion);

}  // namespace noshare::convert
