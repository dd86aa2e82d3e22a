#include "sandbox/syscall_filter.h"

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace noshare::sandbox {

namespace {

// Bytes over descriptors that are there already, memory, time, and the end.
constexpr auto kAllowed = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(membarrier),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
#ifdef NOSHARE_SANITIZED  // UBSan asks through a pipe whether memory can be read
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
#endif
};

// Of whoever makes what it sends: files in memory.
constexpr auto kServing = {
    SCMP_SYS(ftruncate),
    SCMP_SYS(memfd_create),
};

// Nothing in a scan does these by mistake.
constexpr auto kFatal = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kexec_load),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(bpf),
    SCMP_SYS(mount),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
};

class Filter {
 public:
  // Unlisted calls fail as forbidden ones; calls of a foreign architecture end the
  // process.
  Filter() : context_(::seccomp_init(SCMP_ACT_ERRNO(EPERM)), ::seccomp_release) {
    if (context_)
      ::seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  }
  explicit operator bool() const { return context_ != nullptr; }

  void add(std::uint32_t action, int call) {
    note(::seccomp_rule_add_array(context_.get(), action, call, 0, nullptr));
  }
  void allow_if(int call, scmp_arg_cmp condition) {
    note(::seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call, 1, &condition));
  }
  Result<void> load() {
    // A binary tree instead of a chain of some sixty comparisons (libseccomp 2.5).
    note(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2));
    if (error_ == 0) note(::seccomp_load(context_.get()));
    if (error_ == 0) return {};
    return fail(ErrorCode::kIo, std::string("cannot install the system call filter: ") +
                                    std::strerror(-error_));
  }

 private:
  void note(int result) {
    if (result < 0 && error_ == 0) error_ = result;
  }
  std::unique_ptr<void, decltype(&::seccomp_release)> context_;
  int error_ = 0;
};

scmp_arg_cmp without_bits(unsigned argument, std::uint64_t bits) {
  return {argument, SCMP_CMP_MASKED_EQ, bits, 0};
}
scmp_arg_cmp with_bits(unsigned argument, std::uint64_t bits) {
  return {argument, SCMP_CMP_MASKED_EQ, bits, bits};
}
scmp_arg_cmp equal_to(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}

void add_conditional(Filter& filter) {
  // Memory may be written or executed, never both in turn.
  filter.allow_if(SCMP_SYS(mmap), without_bits(2, PROT_EXEC));
  filter.allow_if(SCMP_SYS(mprotect), without_bits(2, PROT_EXEC));
  // fstat(3) of glibc 2.36 asks this way for a descriptor that is open.
  filter.allow_if(SCMP_SYS(newfstatat), with_bits(3, AT_EMPTY_PATH));
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_ADD_SEALS, F_GET_SEALS}) {
    filter.allow_if(SCMP_SYS(fcntl), equal_to(1, static_cast<std::uint64_t>(command)));
  }
  // abort(3) signals its own process only.
  filter.allow_if(SCMP_SYS(tgkill), equal_to(0, static_cast<std::uint64_t>(::getpid())));
  // getrlimit(2): read, not set.
  filter.allow_if(SCMP_SYS(prlimit64), equal_to(2, 0));
}

}  // namespace

Result<void> install_syscall_filter(Calls calls) {
  Filter filter;
  if (!filter) return fail(ErrorCode::kIo, "cannot create the system call filter");
  for (const int call : kAllowed) filter.add(SCMP_ACT_ALLOW, call);
  if (calls == Calls::kServe) {
    for (const int call : kServing) filter.add(SCMP_ACT_ALLOW, call);
    // A way to a converter that is there already; it leads to nobody else.
    filter.allow_if(SCMP_SYS(socketpair), equal_to(0, AF_UNIX));
  }
  for (const int call : kFatal) filter.add(SCMP_ACT_KILL_PROCESS, call);
  // glibc then falls back to clone(2), which is refused like every unlisted call.
  filter.add(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
  add_conditional(filter);
  return filter.load();
}

}  // namespace noshare::sandbox
