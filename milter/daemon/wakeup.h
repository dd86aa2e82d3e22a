// WakeUp: keeps libmilter's worker pool from leaving a connection behind a slow scan.
//
// In:  which callbacks are about to block     Out: short connections to our own socket
// Debian's libmilter may give several readable connections to one idle worker thread.
// What that thread does not get to waits until any thread looks for work again, and no
// new thread starts before the next event (docs/decisions/0003-libmilter-pool.md). A
// connection that opens and closes at once is such an event: the library then has a
// thread that is free, and that thread serves everything that waits, until a callback
// blocks again. So one such connection after a callback began to block is enough. Nothing
// happens while none blocks. Can go wrong: the connection fails (no descriptor, no port);
// it is tried again two milliseconds later.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

#include <sys/socket.h>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"

namespace noshare::daemon {

// Where the daemon itself listens, as the kernel knows it.
struct SocketName {
  sockaddr_storage address{};
  socklen_t length = 0;
};

// Connects to `to` and hangs up. A filter sees nothing of it but a close callback without
// any other. TCP connections are reset, so that they leave no TIME_WAIT behind. False: no
// event.
bool touch(const SocketName& to) noexcept;

class WakeUp {
 public:
  explicit WakeUp(const SocketName& to);
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  // Held by a callback for as long as it may block.
  class Blocking {
   public:
    explicit Blocking(WakeUp& owner) : owner_(owner), id_(owner.begin()) {}
    ~Blocking() { owner_.end(id_); }
    Blocking(const Blocking&) = delete;
    Blocking& operator=(const Blocking&) = delete;

   private:
    WakeUp& owner_;
    std::uint64_t id_;
  };

  std::uint64_t sent() const { return sent_.load(std::memory_order_relaxed); }

 private:
  std::uint64_t begin();
  void end(std::uint64_t id) noexcept;
  void run();

  const SocketName to_;
  std::atomic<std::uint64_t> sent_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool asleep_ = true;  // the thread waits for begin(), without a time limit
  std::uint64_t next_id_ = 0;
  std::uint64_t served_ = 0;      // callbacks below this id have had their wake-up
  std::uint64_t unanswered_ = 0;  // wake-ups sent since a callback last came to its end
  std::map<std::uint64_t, SteadyClock::time_point> blocking_;  // since when, by id
  std::thread thread_;
};

}  // namespace noshare::daemon
