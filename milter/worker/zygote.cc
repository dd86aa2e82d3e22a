#include "worker/zygote.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"

#include "worker/sandbox.h"
#include "worker/serve.h"

namespace noshare::worker {

namespace {

using pool::ControlKind;
using pool::ControlMessage;

constexpr int kExitConfig = 78;
// Reasons are cut so that they fit a packet.
constexpr std::size_t kMostReasonBytes = 16 * 1024;

class ZygoteLoop {
 public:
  ZygoteLoop(Loaded loaded, const WorkerPlan& plan)
      : loaded_(std::move(loaded)), plan_(plan) {}

  Result<void> open_signals();
  int run();

 private:
  bool obey();  // false when the pool has gone
  void fork_worker(std::uint64_t number, UniqueFd socket);
  void reap();
  void end_workers();
  [[noreturn]] void be_worker(UniqueFd socket, UniqueFd told);
  void tell_forked(std::uint64_t number, pid_t pid, const UniqueFd& told);

  Loaded loaded_;
  WorkerPlan plan_;
  UniqueFd signals_;  // signalfd(2): SIGCHLD becomes readable
  struct Child {
    std::uint64_t number = 0;
    std::string refusal;  // why it could not enter its sandbox
  };
  std::map<pid_t, Child> children_;
};

Result<void> tell(const ControlMessage& message, int descriptor = -1) {
  return pool::send_packet(pool::kControlDescriptor, pool::encode(message), descriptor);
}

// Waits for the next packet. Errors: as receive_packet(), never kTimeout.
Result<pool::Frame> await_packet() {
  for (;;) {
    pollfd entry{pool::kControlDescriptor, POLLIN, 0};
    if (::poll(&entry, 1, -1) < 0 && errno != EINTR) return fail_errno("cannot wait");
    auto packet = pool::receive_packet(pool::kControlDescriptor);
    if (packet || packet.error().code != ErrorCode::kTimeout) return packet;
  }
}

Result<void> ZygoteLoop::open_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("cannot block");
  signals_ = UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals_) return fail_errno("cannot create a signal descriptor");
  return {};
}

int ZygoteLoop::run() {
  for (;;) {
    std::array<pollfd, 2> entries{pollfd{pool::kControlDescriptor, POLLIN, 0},
                                  pollfd{signals_.get(), POLLIN, 0}};
    if (::poll(entries.data(), entries.size(), -1) < 0) continue;
    if (entries[1].revents != 0) reap();
    if (entries[0].revents == 0 || obey()) continue;
    end_workers();
    return 0;
  }
}

bool ZygoteLoop::obey() {
  auto packet = pool::receive_packet(pool::kControlDescriptor);
  if (!packet) return packet.error().code == ErrorCode::kTimeout;
  const auto message = pool::decode_control_message(packet->bytes);
  if (!message || message->kind != ControlKind::kFork || !packet->descriptor)
    return false;
  fork_worker(message->worker, std::move(packet->descriptor));
  return true;
}

void ZygoteLoop::fork_worker(std::uint64_t number, UniqueFd socket) {
  std::array<int, 2> ends{};
  const bool piped = ::pipe2(ends.data(), O_CLOEXEC) == 0;
  const pid_t pid = piped ? ::fork() : -1;
  if (pid < 0) {
    ControlMessage exited;
    exited.kind = ControlKind::kExited;
    exited.worker = number;
    exited.wait_status = -1;
    exited.text = std::string("cannot fork: ") + std::strerror(errno);
    if (piped) {
      ::close(ends[0]);
      ::close(ends[1]);
    }
    (void)tell(exited);
    return;
  }
  UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  if (pid == 0) {
    read_end.reset();
    be_worker(std::move(socket), std::move(write_end));
  }
  write_end.reset();
  socket.reset();
  children_[pid].number = number;
  tell_forked(number, pid, read_end);
}

// The worker says "+" once it has given up its rights, or why it could not. Waiting for
// that takes a millisecond, and no message ever reaches a worker that could still open
// files.
void ZygoteLoop::tell_forked(std::uint64_t number, pid_t pid, const UniqueFd& told) {
  std::string text;
  std::array<char, 512> buffer{};
  for (;;) {
    const ssize_t count = ::read(told.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  if (text != "+") {
    children_[pid].refusal = text.empty() ? "it ended while entering the sandbox" : text;
    return;  // its end will be told
  }
  // pidfd_open(2) has no wrapper with C++ linkage in glibc 2.36. The child is not reaped
  // yet, so the number is still its own.
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  ControlMessage forked;
  forked.kind = ControlKind::kForked;
  forked.worker = number;
  forked.pid = pid;
  (void)tell(forked, process.get());
}

void ZygoteLoop::be_worker(UniqueFd socket, UniqueFd told) {
  if (auto entered = enter_sandbox(plan_, std::move(socket), std::move(told),
                                   loaded_.service->descriptors());
      !entered) {
    const std::string& reason = entered.error().message;
    (void)!::write(kToldDescriptor, reason.data(), reason.size());
    ::_exit(pool::kExitNoSandbox);
  }
  (void)!::write(kToldDescriptor, "+", 1);
  ::close(kToldDescriptor);
  ::_exit(serve(kServiceDescriptor, *loaded_.service));
}

// What a child starts with (proc(5), statm). The zygote's own peak lies higher:
// compiling.
std::uint64_t own_resident_kib() {
  const auto text = read_file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (!text || !(std::istringstream(*text) >> total >> resident)) return 0;
  return resident * (static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024);
}

void ZygoteLoop::reap() {
  signalfd_siginfo information{};
  while (::read(signals_.get(), &information, sizeof information) > 0) {
  }
  for (;;) {
    int status = 0;
    rusage usage{};
    const pid_t pid = ::wait4(-1, &status, WNOHANG, &usage);
    if (pid <= 0) return;
    const auto child = children_.extract(pid);
    if (child.empty()) {
      loaded_.service->child_ended(pid);
      continue;
    }
    const auto most = static_cast<std::uint64_t>(usage.ru_maxrss);
    const std::uint64_t shared = own_resident_kib();
    ControlMessage exited;
    exited.kind = ControlKind::kExited;
    exited.worker = child.mapped().number;
    exited.wait_status = status;
    exited.memory_kib = most > shared ? most - shared : 0;
    exited.text = child.mapped().refusal;
    (void)tell(exited);
  }
}

// They would die with us anyway; this way nobody has to reap them in our stead.
void ZygoteLoop::end_workers() {
  for (const auto& [pid, child] : children_) ::kill(pid, SIGKILL);
  loaded_.service.reset();  // what it started leaves then
  while (::wait(nullptr) > 0 || errno == EINTR) {
  }
}

Result<Loaded> start_up(const std::string& config_name, const Loader& load) {
  NOSHARE_TRY(pool::Frame packet, await_packet());
  auto start = pool::decode_control_message(packet.bytes);
  ::explicit_bzero(packet.bytes.data(), packet.bytes.size());
  if (!start || start->kind != ControlKind::kStart ||
      start->version != pool::kProtocolVersion) {
    return fail(ErrorCode::kInvalidInput,
                "the daemon is of another version than noshare-worker; restart it");
  }
  auto key = FingerprintKey::from_bytes(start->text);
  ::explicit_bzero(start->text.data(), start->text.size());
  if (!key) return tl::unexpected(std::move(key).error());
  NOSHARE_TRY(const MappedFile config, MappedFile::map(packet.descriptor.get()));
  NOSHARE_TRY(Loaded loaded, load(std::string(config.bytes()), config_name, *key));
  loaded.service->warm_up();
  ::malloc_trim(0);
  return loaded;
}

}  // namespace

int run_zygote(const std::string& config_name, const Loader& load) {
  auto loaded = start_up(config_name, load);
  ControlMessage answer;
  if (loaded) {
    auto plan = plan_worker(loaded->limits);
    answer.kind = ControlKind::kReady;
    answer.snapshot = loaded->snapshot;
    answer.pack_version = loaded->pack_version;
    answer.memory_bound_kib = loaded->limits.worker_memory / 1024;
    answer.sandbox = sandbox::describe(plan.sandbox);
    ZygoteLoop loop(std::move(*loaded), plan);
    auto ready = loop.open_signals();
    if (ready) {
      (void)tell(answer);
      return loop.run();
    }
    loaded = tl::unexpected(std::move(ready).error());
  }
  answer.kind = ControlKind::kFailed;
  answer.text = loaded.error().message.substr(0, kMostReasonBytes);
  (void)tell(answer);
  return kExitConfig;
}

}  // namespace noshare::worker
