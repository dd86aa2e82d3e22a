// The filter of system calls (seccomp(2), libseccomp): a list of what reading mail needs.
//
// Whatever would open a file or a socket, and whatever is not listed, fails with EPERM,
// so that a library degrades as it does on a full table. What only an attacker would do
// ends the worker (SIGSYS): starting programs, reaching into other processes.
#pragma once

#include "noshare/base/result.h"
#include "noshare/sandbox/sandbox.h"

namespace noshare::sandbox {

// For this process, for good.
Result<void> install_syscall_filter(Calls calls);

}  // namespace noshare::sandbox
