// Crew: who works and who waits. Starts zygotes, keeps the number of workers, hands them
// out in the order of asking, replaces the dead, swaps generations.
//
// In:  Options, callers that need a worker     Out: a Worker that is theirs until given
// back Thread-safe: one mutex guards all lists. A thread of its own (the keeper) listens
// to the zygotes and restarts what has died.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/result.h"
#include "noshare/pool/pool.h"

#include "pool/generation.h"

namespace noshare::pool {

using WorkerPtr = std::shared_ptr<Worker>;
using GenerationPtr = std::shared_ptr<Generation>;

// How a worker ended, for the report of the message it had.
struct Ending {
  int wait_status = -1;  // as of wait(2); -1 when nobody could tell
  std::uint64_t memory_kib = 0;
  std::uint64_t memory_bound_kib = 0;
};

class Crew {
 public:
  static Result<std::unique_ptr<Crew>> start(const Options& options,
                                             const FingerprintKey& key);
  ~Crew();

  // Errors: kLimit (queue full), kTimeout (none free in time), kUnavailable (`waiting`
  // said that the caller's client has gone).
  Result<WorkerPtr> take(const std::function<bool()>& waiting);
  // After a message that went well. `message_bytes` decides whether its memory is looked
  // at.
  void give_back(const WorkerPtr& worker, std::uint64_t message_bytes);
  // After one that did not: kills the worker, has it replaced and tells how it ended.
  Ending remove(const WorkerPtr& worker);

  Result<void> reload();
  Status status() const;

 private:
  struct Waiter {
    std::condition_variable ready;
    WorkerPtr worker;
  };
  using Lock = std::unique_lock<std::mutex>;

  Crew(const Options& options, const FingerprintKey& key);

  // crew.cc; all with the mutex held
  Result<WorkerPtr> wait_in_line(Lock& lock, const std::function<bool()>& waiting);
  WorkerPtr take_idle();
  void offer(const WorkerPtr& worker);
  void dismiss(const WorkerPtr& worker);
  void top_up(const GenerationPtr& generation);
  void install(const GenerationPtr& next);
  void hand_to_next_in_line(const WorkerPtr& worker);
  void finish_if_done(const GenerationPtr& generation);
  GenerationPtr adopt(Zygote zygote, std::string config_text);
  Result<void> wait_until_serving(Lock& lock, const GenerationPtr& generation);

  // keeper.cc; all but keep() and wake_keeper() with the mutex held
  void keep();
  Milliseconds keeper_rest() const;
  void do_what_is_due();
  void listen(const GenerationPtr& generation);
  void on_message(const GenerationPtr& generation, Zygote::Received received);
  void on_forked(const GenerationPtr& generation, Zygote::Received received);
  void on_exited(const GenerationPtr& generation, const ControlMessage& message);
  void on_zygote_ended(const GenerationPtr& generation);
  void restart_zygote();
  void wake_keeper() const;

  const Options options_;
  const FingerprintKey key_;
  UniqueFd wake_;            // eventfd(2) that interrupts the keeper's poll
  std::mutex reload_mutex_;  // one reload at a time

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // a generation's state, or a worker's end
  std::vector<GenerationPtr> generations_;
  GenerationPtr current_;
  GenerationPtr successor_;  // takes over by itself when ready: the old zygote has died
  std::deque<Waiter*> line_;
  std::uint64_t next_worker_ = 1;
  std::uint64_t deaths_ = 0;
  std::uint64_t generation_count_ = 0;
  std::uint32_t busy_ = 0;
  std::uint32_t failed_restarts_ = 0;
  SteadyClock::time_point next_restart_{};
  bool stopping_ = false;

  std::thread keeper_;
};

}  // namespace noshare::pool
