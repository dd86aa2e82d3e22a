// The steps of the sandbox. See noshare/sandbox/sandbox.h.
#include "noshare/sandbox/sandbox.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/base/files.h"

#include "sandbox/landlock.h"
#include "sandbox/syscall_filter.h"

namespace noshare::sandbox {

namespace {

const passwd* unprivileged_user() {
  for (const char* name : {"noshare", "nobody"}) {
    // Single-threaded: the static buffer is ours.
    if (const passwd* user = ::getpwnam(name)) return user;
  }
  return nullptr;
}

// When memory is short, the kernel shall take such a process, not the daemon (proc(5)).
void offer_to_the_oom_killer() {
  std::ofstream score("/proc/self/oom_score_adj");
  score << 800;
}

// A change of user clears the parent-death signal, so this comes after it (prctl(2)).
Result<void> bind_to_parent(const Plan& plan) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail_errno("cannot bind to parent");
  if (::getppid() != plan.parent) {
    return fail(ErrorCode::kUnavailable, "the parent has ended");
  }
  // A core dump would hold mail; a limit of 0 does not stop one that goes to a pipe
  // (core(5)).
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return fail_errno("cannot forbid core dumps");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return fail_errno("cannot forbid new privileges");
  }
  return {};
}

Result<std::uint64_t> own_address_space() {
  NOSHARE_TRY(const std::string text, read_file("/proc/self/statm"));
  std::uint64_t pages = 0;
  if (!(std::istringstream(text) >> pages)) {
    return fail(ErrorCode::kIo, "cannot read /proc/self/statm");
  }
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// Memory is bounded relative to what is mapped at the start, so that the bound holds for
// every pack set and under sanitizers, whose shadow memory spans terabytes.
Result<void> set_resource_limits(const Bounds& bounds) {
  NOSHARE_TRY(const std::uint64_t mapped, own_address_space());
  const rlim_t seconds =
      bounds.processor_seconds == 0 ? RLIM_INFINITY : bounds.processor_seconds;
  struct Bound {
    decltype(RLIMIT_AS) what;
    rlim_t value;
  };
  const std::array<Bound, 6> all{{{RLIMIT_AS, mapped + bounds.memory},
                                  {RLIMIT_FSIZE, bounds.file},
                                  {RLIMIT_CORE, 0},
                                  {RLIMIT_NPROC, 0},
                                  {RLIMIT_CPU, seconds},
                                  {RLIMIT_NOFILE, bounds.descriptors}}};
  for (const Bound& bound : all) {
    const rlimit limit{bound.value, bound.value};
    if (::setrlimit(bound.what, &limit) != 0) return fail_errno("cannot set a limit");
  }
  return {};
}

// The parent may block signals; a child starts as a program would.
void reset_signals() {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

Plan make_plan() {
  Plan plan;
  plan.parent = ::getpid();
  plan.landlock = landlock_version();
  if (::geteuid() != 0) return plan;
  plan.change_user = true;
  const passwd* user = unprivileged_user();
  // 65534 is nobody wherever there is no such name (kernel.overflowuid).
  plan.user = user != nullptr ? user->pw_uid : 65534;
  plan.group = user != nullptr ? user->pw_gid : 65534;
  return plan;
}

std::string describe(const Plan& plan) {
  std::string text = "seccomp";
  if (plan.landlock > 0) text += ", landlock " + std::to_string(plan.landlock);
  if (plan.change_user) text += ", user " + std::to_string(plan.user);
  return text;
}

Result<void> silence() {
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return fail_errno("cannot open /dev/null");
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
#ifdef NOSHARE_SANITIZED
    if (standard == STDERR_FILENO) continue;  // the sanitizers' reports
#endif
    if (::dup2(null.get(), standard) < 0) return fail_errno("cannot place descriptors");
  }
  return {};
}

Result<void> close_from(int first, std::vector<int> keep) {
  std::sort(keep.begin(), keep.end());
  for (const int kept : keep) {
    if (kept < first) continue;
    if (kept > first && ::close_range(static_cast<unsigned>(first),
                                      static_cast<unsigned>(kept - 1), 0) != 0) {
      return fail_errno("cannot close");
    }
    first = kept + 1;
  }
  if (::close_range(static_cast<unsigned>(first), ~0U, 0) != 0) {
    return fail_errno("cannot close");
  }
  return {};
}

// Before the change of user, after which the file is no longer ours.
Result<void> drop_user(const Plan& plan) {
  offer_to_the_oom_killer();
  if (!plan.change_user) return {};
  if (::setgroups(0, nullptr) != 0 ||
      ::setresgid(plan.group, plan.group, plan.group) != 0 ||
      ::setresuid(plan.user, plan.user, plan.user) != 0) {
    return fail_errno("cannot become an unprivileged user");
  }
  return {};
}

Result<void> enter(const Plan& plan, const Bounds& bounds, Calls calls) {
  reset_signals();
  NOSHARE_CHECK(drop_user(plan));
  NOSHARE_CHECK(bind_to_parent(plan));
  NOSHARE_CHECK(set_resource_limits(bounds));
  if (plan.landlock > 0) NOSHARE_CHECK(forbid_all_files(plan.landlock));
  return install_syscall_filter(calls);
}

}  // namespace noshare::sandbox
