// The fork server. See keeper.h.
#include "convert/keeper.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <new>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"
#include "noshare/sandbox/sandbox.h"

#include "convert/packets.h"
#include "convert/waiting.h"

namespace noshare::convert {

namespace {

using model::UnreadableReason;

constexpr int kExitUsage = 64;
constexpr int kExitSystem = 71;
// A client asks for one file at a time, so this is more clients than a machine has.
constexpr std::size_t kMostChildren = 256;
constexpr std::uint32_t kMostTimeMs = 600'000;

[[noreturn]] void end_for_want_of_memory() { ::_exit(pool::kExitOutOfMemory); }

// SIGALRM ends the child, whatever it is doing.
void set_timer(std::uint32_t time_ms) {
  const std::uint32_t bounded = std::clamp(time_ms, 1U, kMostTimeMs);
  itimerval timer{};
  timer.it_value.tv_sec = bounded / 1000;
  timer.it_value.tv_usec = static_cast<suseconds_t>(bounded % 1000) * 1000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

// The child's whole life, on the descriptor on which its parent had its requests. The
// file comes when the sandbox stands.
int convert_one(const Conversion& conversion, const sandbox::Plan& plan,
                const Request& request, int client) {
  set_timer(request.time_ms);
  constexpr int socket = kRequestDescriptor;
  sandbox::Bounds bounds;
  bounds.memory = request.memory;
  bounds.processor_seconds = std::min(request.time_ms, kMostTimeMs) / 1000 + 1;
  bounds.descriptors = 8;  // /dev/null thrice, the client, the file, and some to spare
  if (::dup2(client, socket) < 0 || !sandbox::close_from(socket + 1, {}) ||
      !sandbox::enter(plan, bounds, sandbox::Calls::kCompute)) {
    return pool::kExitNoSandbox;
  }
  std::set_new_handler(end_for_want_of_memory);
  const auto packet = receive_waiting(socket, Deadline::never());
  if (!packet || !packet->descriptor) return pool::kExitBadRequest;
  const auto file = MappedFile::map(packet->descriptor.get());
  if (!file) return pool::kExitBadRequest;
  try {
    SocketOutput out(socket, request.pictures);
    conversion.convert(file->bytes(), out);
    out.end();
    return pool::kExitDone;
  } catch (const std::bad_alloc&) {
    return pool::kExitOutOfMemory;
  } catch (...) {
    return pool::kExitException;
  }
}

class Keeper {
 public:
  Keeper(const Conversion& conversion, sandbox::Plan plan, UniqueFd signals)
      : conversion_(conversion), plan_(plan), signals_(std::move(signals)) {}

  int run() {
    for (;;) {
      std::array<pollfd, 2> entries{pollfd{kRequestDescriptor, POLLIN, 0},
                                    pollfd{signals_.get(), POLLIN, 0}};
      if (::poll(entries.data(), entries.size(), -1) < 0) continue;
      if (entries[1].revents != 0) reap();
      if (entries[0].revents == 0 || obey()) continue;
      for (const auto& [pid, client] : children_) ::kill(pid, SIGKILL);
      return 0;
    }
  }

 private:
  bool obey() {  // false when nobody is left who could ask
    auto packet = pool::receive_packet(kRequestDescriptor);
    if (!packet) return packet.error().code != ErrorCode::kUnavailable;
    const auto request = decode_request(packet->bytes);
    if (!request || !packet->descriptor) return true;
    if (children_.size() >= kMostChildren) {
      return tell(packet->descriptor.get(), UnreadableReason::kTimedOut,
                  "too many files at once");
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::_exit(convert_one(conversion_, plan_, *request, packet->descriptor.get()));
    }
    if (pid < 0) {
      return tell(packet->descriptor.get(), UnreadableReason::kWorkerDied, "cannot fork");
    }
    children_.emplace(pid, std::move(packet->descriptor));
    return true;
  }

  void reap() {
    signalfd_siginfo information{};
    while (::read(signals_.get(), &information, sizeof information) > 0) {
    }
    for (;;) {
      int status = 0;
      const pid_t pid = ::waitpid(-1, &status, WNOHANG);
      if (pid <= 0) return;
      const auto child = children_.extract(pid);
      if (!child.empty()) tell_end(child.mapped().get(), status);
    }
  }

  static void tell_end(int client, int status) {
    if (WIFSIGNALED(status)) {
      const int signal = WTERMSIG(status);
      const bool late = signal == SIGALRM || signal == SIGXCPU;
      tell(client, late ? UnreadableReason::kTimedOut : UnreadableReason::kWorkerDied,
           late ? "the time for one file is up" : "signal " + std::to_string(signal));
    } else if (WEXITSTATUS(status) == pool::kExitOutOfMemory) {
      tell(client, UnreadableReason::kOutOfMemory, "the memory for one file is used up");
    } else if (WEXITSTATUS(status) != pool::kExitDone) {
      tell(client, UnreadableReason::kWorkerDied,
           "exit status " + std::to_string(WEXITSTATUS(status)));
    }
  }

  // A client that does not read is not waited for.
  static bool tell(int client, UnreadableReason reason, const std::string& detail) {
    (void)pool::send_packet(client, encode_failed(reason, detail), -1);
    return true;
  }

  const Conversion& conversion_;
  sandbox::Plan plan_;
  UniqueFd signals_;
  std::map<pid_t, UniqueFd> children_;
};

Result<UniqueFd> watch_children() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("cannot block");
  UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals) return fail_errno("cannot create a signal descriptor");
  return signals;
}

// No file of anybody's may be open when the first child is forked, and no right be left.
Result<sandbox::Plan> give_up_rights() {
  const sandbox::Plan own = sandbox::make_plan();
  NOSHARE_CHECK(sandbox::silence());
  NOSHARE_CHECK(sandbox::drop_user(own));
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return fail_errno("cannot forbid new privileges");
  }
  return sandbox::make_plan();
}

Result<int> serve(const Conversion& conversion) {
  NOSHARE_CHECK(sandbox::close_from(kRequestDescriptor + 1, {}));
  conversion.warm_up();
  NOSHARE_TRY(const sandbox::Plan plan, give_up_rights());
  NOSHARE_TRY(UniqueFd signals, watch_children());
  return Keeper(conversion, plan, std::move(signals)).run();
}

}  // namespace

int run_keeper(int argument_count, const char* const* arguments,
               const Conversion& conversion) {
  const std::string_view word = argument_count == 2 ? arguments[1] : "";
  if (word == "--version") {
    std::puts("noshare-convert " NOSHARE_VERSION);
    return 0;
  }
  if (word != kServeOption || ::fcntl(kRequestDescriptor, F_GETFD) < 0) {
    std::fputs(
        "This program reads files for noshare-worker and noshare, which start it and\n"
        "speak to it over descriptor 3. To scan a file by hand: noshare scan FILE\n",
        stderr);
    return kExitUsage;
  }
  try {
    const auto status = serve(conversion);
    return status ? *status : kExitSystem;
  } catch (const std::exception&) {
    return kExitSystem;
  }
}

}  // namespace noshare::convert
