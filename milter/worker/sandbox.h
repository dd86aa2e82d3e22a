// The sandbox: what a worker gives up before it sees the first byte of mail.
//
// In:  a freshly forked child     Out: a process that can compute, and talk over one
// socket No file, no network, no program, no process: seccomp (Linux 3.17), Landlock
// where the kernel has it (5.13), resource limits, an unprivileged user, no descriptor
// but two. Errors: a mandatory step that the kernel refuses. Then nothing may be served.
#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "noshare/base/fd.h"
#include "noshare/base/limits.h"
#include "noshare/base/result.h"

namespace noshare::worker {

// Where a worker finds its descriptors; 0 to 2 lead to /dev/null.
inline constexpr int kServiceDescriptor = 3;
inline constexpr int kToldDescriptor =
    4;  // the pipe to the zygote; closed before serving

// What can be found out once, in the zygote, while files may still be opened.
struct SandboxPlan {
  Limits limits;
  pid_t zygote = 0;
  bool change_user = false;  // we are root
  uid_t user = 0;
  gid_t group = 0;
  int landlock = 0;  // ABI version, 0: the kernel has none
};
SandboxPlan plan_sandbox(const Limits& limits);
std::string describe(const SandboxPlan& plan);  // "seccomp, landlock 7, user nobody"

// Moves `socket` and `told` to their places, closes all else and gives everything up.
Result<void> enter_sandbox(const SandboxPlan& plan, UniqueFd socket, UniqueFd told);

}  // namespace noshare::worker
