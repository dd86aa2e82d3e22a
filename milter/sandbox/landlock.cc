#include "sandbox/landlock.h"

#include <cstdint>

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare::sandbox {

namespace {

// struct landlock_ruleset_attr as of ABI 4; Debian 12's header ends with the first field.
struct RulesetAttributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;
};

// Every right of a version is "handled", and no rule grants any. The first version knows
// 13 file rights, the second adds one (refer), the third one (truncate), the fifth one
// (device ioctl); the fourth adds binding and connecting TCP ports.
std::uint64_t all_file_rights(int version) {
  unsigned count = 13;
  if (version >= 2) ++count;
  if (version >= 3) ++count;
  if (version >= 5) ++count;
  return (std::uint64_t{1} << count) - 1;
}

}  // namespace

int landlock_version() noexcept {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<void> forbid_all_files(int version) {
  RulesetAttributes attributes{all_file_rights(version), 0};
  std::size_t size = sizeof attributes.handled_access_fs;
  if (version >= 4) {
    attributes.handled_access_net = 3;  // bind, connect
    size = sizeof attributes;
  }
  const UniqueFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
  if (!ruleset) return fail_errno("cannot create a Landlock ruleset");
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
    return fail_errno("cannot enter Landlock");
  }
  return {};
}

}  // namespace noshare::sandbox
