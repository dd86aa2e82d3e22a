// Landlock (Linux 5.13, Documentation/userspace-api/landlock.rst): no file and no port,
// even if a system call slips through the filter.
#pragma once

#include "noshare/base/result.h"

namespace noshare::sandbox {

// The ABI version the kernel offers; 0 if it has none or was started without it.
int landlock_version() noexcept;

// From now on this process opens, creates, renames and removes nothing. Needs
// no_new_privs.
Result<void> forbid_all_files(int version);

}  // namespace noshare::sandbox
