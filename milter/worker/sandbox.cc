#include "worker/sandbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "noshare/base/files.h"

#include "worker/landlock.h"
#include "worker/syscall_filter.h"

namespace noshare::worker {

namespace {

// The service socket, /dev/null thrice, the message, the masked body, and some to spare.
constexpr rlim_t kMostDescriptors = 16;
// Beyond these a masked body cannot grow (the pool refuses more).
constexpr std::uint64_t kMostGrowthByMasking = 4;

const passwd* unprivileged_user() {
  for (const char* name : {"noshare", "nobody"}) {
    // Single-threaded: the static buffer is ours.
    if (const passwd* user = ::getpwnam(name)) return user;
  }
  return nullptr;
}

// Everything above `last` is closed, everything up to it is in place.
Result<void> keep_two_descriptors(UniqueFd socket, UniqueFd told) {
  // First out of the way of each other's places.
  UniqueFd high_socket(::fcntl(socket.get(), F_DUPFD_CLOEXEC, kToldDescriptor + 1));
  UniqueFd high_told(::fcntl(told.get(), F_DUPFD_CLOEXEC, kToldDescriptor + 1));
  UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!high_socket || !high_told || !null) return fail_errno("cannot place descriptors");
  // Libraries may print what they parse. Nothing a worker writes may reach a log.
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
#ifdef NOSHARE_SANITIZED
    if (standard == STDERR_FILENO) continue;  // the sanitizers' reports
#endif
    if (::dup2(null.get(), standard) < 0) return fail_errno("cannot place descriptors");
  }
  socket.reset();
  told.reset();
  if (::dup2(high_told.get(), kToldDescriptor) < 0 ||
      ::dup2(high_socket.get(), kServiceDescriptor) < 0) {
    return fail_errno("cannot place descriptors");
  }
  high_socket.release();
  high_told.release();
  null.release();
  if (::close_range(kToldDescriptor + 1, ~0U, 0) != 0) return fail_errno("cannot close");
  return {};
}

// When memory is short, the kernel shall take a worker, not the daemon (proc(5)).
void offer_to_the_oom_killer() {
  std::ofstream score("/proc/self/oom_score_adj");
  score << 800;
}

Result<void> drop_user(const SandboxPlan& plan) {
  if (!plan.change_user) return {};
  if (::setgroups(0, nullptr) != 0 ||
      ::setresgid(plan.group, plan.group, plan.group) != 0 ||
      ::setresuid(plan.user, plan.user, plan.user) != 0) {
    return fail_errno("cannot become an unprivileged user");
  }
  return {};
}

// A change of user clears the parent-death signal, so this comes after it (prctl(2)).
Result<void> bind_to_zygote(const SandboxPlan& plan) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail_errno("cannot bind to zygote");
  if (::getppid() != plan.zygote) {
    return fail(ErrorCode::kUnavailable, "the zygote has ended");
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

// Bounds are relative to what is mapped at the start, so that they hold for every pack
// set and under sanitizers, whose shadow memory spans terabytes.
Result<void> set_resource_limits(const Limits& limits) {
  NOSHARE_TRY(const std::uint64_t mapped, own_address_space());
  const std::uint64_t memory = mapped + limits.worker_memory + limits.message_bytes;
  const std::uint64_t file = (limits.message_bytes + 4096) * kMostGrowthByMasking;
  struct Bound {
    decltype(RLIMIT_AS) what;
    rlim_t value;
  };
  const std::array<Bound, 5> bounds{{{RLIMIT_AS, memory},
                                     {RLIMIT_FSIZE, file},
                                     {RLIMIT_CORE, 0},
                                     {RLIMIT_NPROC, 0},
                                     {RLIMIT_NOFILE, kMostDescriptors}}};
  for (const Bound& bound : bounds) {
    const rlimit limit{bound.value, bound.value};
    if (::setrlimit(bound.what, &limit) != 0) return fail_errno("cannot set a limit");
  }
  return {};
}

// The zygote blocks SIGCHLD; a worker starts as a program would.
void reset_signals() {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

SandboxPlan plan_sandbox(const Limits& limits) {
  SandboxPlan plan;
  plan.limits = limits;
  plan.zygote = ::getpid();
  plan.landlock = landlock_version();
  if (::geteuid() != 0) return plan;
  plan.change_user = true;
  const passwd* user = unprivileged_user();
  // 65534 is nobody wherever there is no such name (kernel.overflowuid).
  plan.user = user != nullptr ? user->pw_uid : 65534;
  plan.group = user != nullptr ? user->pw_gid : 65534;
  return plan;
}

std::string describe(const SandboxPlan& plan) {
  std::string text = "seccomp";
  if (plan.landlock > 0) text += ", landlock " + std::to_string(plan.landlock);
  if (plan.change_user) text += ", user " + std::to_string(plan.user);
  return text;
}

Result<void> enter_sandbox(const SandboxPlan& plan, UniqueFd socket, UniqueFd told) {
  reset_signals();
  NOSHARE_CHECK(keep_two_descriptors(std::move(socket), std::move(told)));
  offer_to_the_oom_killer();
  NOSHARE_CHECK(drop_user(plan));
  NOSHARE_CHECK(bind_to_zygote(plan));
  NOSHARE_CHECK(set_resource_limits(plan.limits));
  if (plan.landlock > 0) NOSHARE_CHECK(forbid_all_files(plan.landlock));
  return install_syscall_filter();
}

}  // namespace noshare::worker
