#include "pool/zygote.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char**
    environ;  // NOLINT(readability-redundant-declaration): unistd.h only with GNU

namespace noshare::pool {

namespace {

// What the child starts with: descriptors 0-2 and the control channel, no blocked or
// ignored signal (libmilter ignores SIGPIPE), and a process group of its own, so that an
// interrupt from the terminal reaches only the daemon, which then drains.
class SpawnPlan {
 public:
  explicit SpawnPlan(int control) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    // dup2 onto itself clears close-on-exec as well
    // (posix_spawn_file_actions_adddup2(3)).
    failed_ =
        ::posix_spawn_file_actions_adddup2(&actions_, control, kControlDescriptor) != 0 ||
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, kControlDescriptor + 1) !=
            0;
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    constexpr int kFlags =
        POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(&attributes_, static_cast<short>(kFlags));
  }
  ~SpawnPlan() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  Result<pid_t> run(const std::string& program, const std::string& config) {
    std::array<std::string, 4> words{program, "--zygote", "--config", config};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(),
                                   words[3].data(), nullptr};
    pid_t pid = 0;
    errno = failed_ ? ENOMEM
                    : ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_,
                                    arguments.data(), environ);
    if (errno != 0) return fail_errno("cannot start " + program);
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  bool failed_ = false;
};

// The first packet: the key, and the config's text as a memory file.
Result<void> introduce(int control, const std::string& config_text,
                       const FingerprintKey& key) {
  NOSHARE_TRY(const UniqueFd config, create_memory_file("noshare-config"));
  NOSHARE_CHECK(write_all(config.get(), config_text));
  NOSHARE_CHECK(seal_memory_file(config.get()));
  ControlMessage start;
  start.kind = ControlKind::kStart;
  start.text = key.bytes();
  std::string packet = encode(start);
  auto sent = send_packet(control, packet, config.get());
  ::explicit_bzero(packet.data(), packet.size());
  ::explicit_bzero(start.text.data(), start.text.size());
  return sent;
}

}  // namespace

Result<UniqueFd> open_process(pid_t pid) {
  // The descriptor is close-on-exec by itself. glibc 2.36 has the call, but no C++
  // linkage.
  UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process) return fail_errno("cannot open process " + std::to_string(pid));
  return process;
}

void kill_process(const UniqueFd& process) {
  if (process) ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
}

Zygote::Zygote(UniqueFd control, UniqueFd process, pid_t pid)
    : control_(std::move(control)), process_(std::move(process)), pid_(pid) {}

Result<Zygote> Zygote::spawn(const Options& options, const std::string& config_text,
                             const FingerprintKey& key) {
  NOSHARE_TRY(SocketPair ends, create_socket_pair(SOCK_SEQPACKET));
  NOSHARE_TRY(const pid_t pid,
              SpawnPlan(ends.theirs.get())
                  .run(options.worker_program.string(), options.config_file.string()));
  ends.theirs.reset();
  auto process = open_process(pid);
  if (!process) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    return tl::unexpected(std::move(process).error());
  }
  Zygote zygote(std::move(ends.ours), std::move(*process), pid);
  // A zygote that ends at once is told of by has_ended() and by the closed channel.
  auto introduced = introduce(zygote.control(), config_text, key);
  if (!introduced && introduced.error().code != ErrorCode::kUnavailable) {
    return tl::unexpected(std::move(introduced).error());
  }
  return zygote;
}

Zygote::~Zygote() {
  if (!process_) return;  // moved from
  kill();
  if (pid_ > 0) {
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

Result<void> Zygote::fork_worker(std::uint64_t number, const UniqueFd& socket) {
  ControlMessage request;
  request.kind = ControlKind::kFork;
  request.worker = number;
  return send_packet(control_.get(), encode(request), socket.get());
}

Result<Zygote::Received> Zygote::receive() {
  NOSHARE_TRY(Frame packet, receive_packet(control_.get()));
  NOSHARE_TRY(ControlMessage message, decode_control_message(packet.bytes));
  return Received{std::move(message), std::move(packet.descriptor)};
}

void Zygote::finish() { ::shutdown(control_.get(), SHUT_WR); }

void Zygote::kill() {
  if (pid_ > 0) kill_process(process_);
}

bool Zygote::has_ended() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
  return pid_ == 0;
}

}  // namespace noshare::pool
