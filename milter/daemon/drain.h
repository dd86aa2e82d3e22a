// DrainGate: lets the transactions that run come to their end before the daemon stops.
//
// Each transaction holds a Pass. After close() new ones get none; wait() returns when the
// last pass is back or the time is over. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "noshare/base/clock.h"

namespace noshare::daemon {

class DrainGate {
 public:
  class Pass {
   public:
    Pass() = default;
    explicit Pass(DrainGate* gate) : gate_(gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass& operator=(Pass&& other) noexcept {
      std::swap(gate_, other.gate_);
      return *this;
    }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->leave();
    }
    explicit operator bool() const { return gate_ != nullptr; }

   private:
    DrainGate* gate_ = nullptr;
  };

  // An empty Pass once the gate is closed.
  Pass enter() {
    const std::lock_guard lock(mutex_);
    if (closed_) return Pass();
    ++inside_;
    return Pass(this);
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }
  std::uint64_t inside() const {
    const std::lock_guard lock(mutex_);
    return inside_;
  }
  // True if nobody is inside any more.
  bool wait(Milliseconds most) {
    std::unique_lock lock(mutex_);
    return empty_.wait_for(lock, most, [this] { return inside_ == 0; });
  }

 private:
  void leave() {
    const std::lock_guard lock(mutex_);
    if (--inside_ == 0) empty_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable empty_;
  bool closed_ = false;
  std::uint64_t inside_ = 0;
};

}  // namespace noshare::daemon
