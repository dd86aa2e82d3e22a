#include "daemon/signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace noshare::daemon {

namespace {

// A signal handler reaches nothing but these.
std::atomic<bool> stop_asked{false};
std::atomic<bool> reload_asked{false};
std::atomic<int> event_fd{-1};
static_assert(std::atomic<bool>::is_always_lock_free &&
              std::atomic<int>::is_always_lock_free);

void wake() noexcept {
  const int error = errno;
  const std::uint64_t one = 1;
  // Cannot fail but by an overflow, and then the waiting side is awake anyway.
  [[maybe_unused]] const ssize_t written = ::write(event_fd.load(), &one, sizeof one);
  errno = error;
}

void on_signal(int number) {
  (number == SIGUSR1 ? reload_asked : stop_asked).store(true);
  wake();
}

}  // namespace

Result<void> Signals::install() {
  event_fd.store(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (event_fd.load() < 0) return fail_errno("cannot create an eventfd");
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  const bool done = ::sigaction(SIGTERM, &action, nullptr) == 0 &&
                    ::sigaction(SIGINT, &action, nullptr) == 0 &&
                    ::sigaction(SIGUSR1, &action, nullptr) == 0 &&
                    ::sigaction(SIGHUP, &ignore, nullptr) == 0 &&
                    ::sigaction(SIGPIPE, &ignore, nullptr) == 0;
  if (!done) return fail_errno("cannot install signal handlers");
  sigset_t ours;
  ::sigemptyset(&ours);
  for (const int number : {SIGTERM, SIGINT, SIGUSR1, SIGHUP}) ::sigaddset(&ours, number);
  ::pthread_sigmask(SIG_UNBLOCK, &ours, nullptr);
  return {};
}

Signals::Asked Signals::wait(Milliseconds most) {
  pollfd event{event_fd.load(), POLLIN, 0};
  if (::poll(&event, 1, static_cast<int>(most.count())) > 0) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t size = ::read(event.fd, &count, sizeof count);
  }
  return {stop_asked.exchange(false), reload_asked.exchange(false)};
}

void Signals::request_stop() noexcept {
  stop_asked.store(true);
  wake();
}

}  // namespace noshare::daemon
