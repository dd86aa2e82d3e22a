// Signals: SIGTERM and SIGINT stop the daemon, SIGUSR1 reloads it, SIGHUP does nothing.
//
// libmilter waits for SIGHUP, SIGTERM and SIGINT in a thread of its own and ends at once
// on any of them. The kernel hands a process's signal to its main thread if that one has
// it unblocked, and drops it there if it is ignored. So the main thread keeps these
// signals, all other threads have them blocked (threads.h), and smfi_main() must not run
// in the main thread. SIGHUP is ignored rather than taken as reload: when two signals
// come together, the kernel may give the second to libmilter's thread, and only an
// ignored one is safe from that.
#pragma once

#include "noshare/base/clock.h"
#include "noshare/base/result.h"

namespace noshare::daemon {

class Signals {
 public:
  struct Asked {
    bool stop = false;
    bool reload = false;
  };

  // In the main thread, before any other thread is made. Errors: kIo.
  static Result<void> install();

  // Waits until a signal or request_stop() came, or `most` is over. What is told is told
  // once.
  static Asked wait(Milliseconds most);

  // Ends the wait from another thread, as if asked to stop.
  static void request_stop() noexcept;
};

}  // namespace noshare::daemon
