// Threads that take no signals, so that the main thread gets every one of them
// (signals.h).
#pragma once

#include <csignal>
#include <thread>
#include <utility>

namespace noshare::daemon {

// While it lives, threads that are made here have all signals blocked, for good.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

template <class Function>
std::thread quiet_thread(Function&& function) {
  const SignalsBlocked blocked;
  return std::thread(std::forward<Function>(function));
}

}  // namespace noshare::daemon
