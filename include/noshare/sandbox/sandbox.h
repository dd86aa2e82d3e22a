// The sandbox: what a process gives up before it sees the first byte of mail.
//
// In:  a freshly forked child     Out: a process that can compute, and talk over the
// descriptors it has. No file, no network, no program, no process: seccomp (Linux 3.17),
// Landlock where the kernel has it (5.13), resource limits, an unprivileged user.
// Errors: a mandatory step that the kernel refuses. Then nothing may be served.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "noshare/base/result.h"

namespace noshare::sandbox {

// What can be found out once, while files may still be opened.
struct Plan {
  pid_t parent = 0;          // whose children die with it
  bool change_user = false;  // we are root
  uid_t user = 0;
  gid_t group = 0;
  int landlock = 0;  // ABI version, 0: the kernel has none
};
Plan make_plan();
std::string describe(const Plan& plan);  // "seccomp, landlock 7, user 65534"

// Memory beyond what is mapped at the start, the longest file it writes, the first
// descriptor number it can no longer get, and seconds of processor time (0: no bound).
struct Bounds {
  std::uint64_t memory = 0;
  std::uint64_t file = 0;
  std::uint64_t descriptors = 16;
  std::uint64_t processor_seconds = 0;
};

enum class Calls {
  kServe,    // computing, and asking others: memory files and socket pairs, too
  kCompute,  // nothing but computing on what it was given
};

// Standard input, output and error lead to /dev/null: libraries print what they parse,
// and nothing from mail may reach a log. Builds with sanitizers keep standard error.
Result<void> silence();

// Closes every descriptor from `first` on, but those to keep.
Result<void> close_from(int first, std::vector<int> keep);

// For programs that fork others and read no mail: not root any more, for good, and the
// first to go when memory is short.
Result<void> drop_user(const Plan& plan);

// Gives everything up. `plan` was made in the parent.
Result<void> enter(const Plan& plan, const Bounds& bounds, Calls calls);

}  // namespace noshare::sandbox
