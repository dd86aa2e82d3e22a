#include "daemon/wakeup.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

// A callback that ends sooner needs no wake-up: the thread that ran it looks for work
// itself.
constexpr Milliseconds kPatience{2};
// While nothing comes to its end, each round wakes one connection more than the one
// before, so that a hundred waiting scans are all running after about fourteen rounds.
constexpr std::uint64_t kMostAtOnce = 16;
// After a callback has blocked, others will: for so long the thread looks by itself, and
// no callback has to wake it.
constexpr Milliseconds kLooksFor{50};

}  // namespace

bool touch(const SocketName& to) noexcept {
  UniqueFd fd(
      ::socket(to.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return false;
  if (to.address.ss_family != AF_UNIX) {
    // To ourselves, the handshake is complete when close() comes. An orderly close would
    // leave the port in TIME_WAIT for a minute; a reset does not.
    const linger reset{1, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  const auto* address = reinterpret_cast<const sockaddr*>(&to.address);
  return ::connect(fd.get(), address, to.length) == 0 || errno == EINPROGRESS;
}

WakeUp::WakeUp(const SocketName& to) : to_(to) {
  thread_ = quiet_thread([this] { run(); });
}

WakeUp::~WakeUp() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::uint64_t WakeUp::begin() {
  const std::lock_guard lock(mutex_);
  const std::uint64_t id = next_id_++;
  blocking_.emplace(id, SteadyClock::now());
  // A thread that sleeps until a time sees the new entry then: no need to disturb it.
  if (asleep_) changed_.notify_one();
  return id;
}

void WakeUp::end(std::uint64_t id) noexcept {
  const std::lock_guard lock(mutex_);
  blocking_.erase(id);
  unanswered_ = 0;
}

void WakeUp::run() {
  std::unique_lock lock(mutex_);
  std::uint64_t known = 0;
  SteadyClock::time_point looks_until{};
  while (!stopping_) {
    const auto now = SteadyClock::now();
    if (std::exchange(known, next_id_) != next_id_) looks_until = now + kLooksFor;
    const auto oldest = blocking_.lower_bound(served_);
    const bool idle = oldest == blocking_.end();
    asleep_ = idle && now >= looks_until;
    if (asleep_) {
      changed_.wait(lock);
      continue;
    }
    const auto due = (idle ? now : oldest->second) + kPatience;
    if (idle || now < due) {
      changed_.wait_until(lock, due);
      continue;
    }
    const std::uint64_t now_served = next_id_;
    const std::uint64_t count = std::min(++unanswered_, kMostAtOnce);
    lock.unlock();
    std::uint64_t succeeded = 0;
    for (std::uint64_t i = 0; i < count; ++i) succeeded += touch(to_) ? 1U : 0U;
    sent_.fetch_add(succeeded, std::memory_order_relaxed);
    lock.lock();
    if (succeeded > 0) {
      served_ = now_served;
    } else {
      changed_.wait_for(lock, kPatience);
    }
  }
}

}  // namespace noshare::daemon
