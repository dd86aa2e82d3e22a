// Spooling: what the store cannot take now, kept on this host until it can.
//
// In:  incidents while the store is away     Out: the same in the store, in order; held
// ones with their row there and the letter to their sender. A thread of its own hands
// them over; mail never waits for it. An incident that the store knows from an earlier
// try keeps the store's case number; its message in the vault gets that name, too.
// Errors: the spool's, kLimit when it is full; the caller defers. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "noshare/store/incident_store.h"
#include "noshare/store/spool.h"

#include "daemon/holding.h"
#include "daemon/snapshot.h"

namespace noshare::daemon {

// Whether the store may take later what it refused with this error.
bool is_away(const Error& error) noexcept;

class Spooling {
 public:
  // All outlive it.
  Spooling(std::unique_ptr<store::Spool> spool, store::IncidentStore& store,
           const Holding& holding, const Snapshots& snapshots);
  ~Spooling();
  Spooling(const Spooling&) = delete;
  Spooling& operator=(const Spooling&) = delete;

  // The case number. The incident is handed over after done() only.
  Result<std::string> record(const model::Incident& incident);
  // Its message lies in the vault.
  Result<void> held(const model::Incident& incident);
  void done(const std::string& case_number);

  // The store failed a moment ago, so that nobody need wait for it again now.
  void failed() noexcept;
  bool expects_failure() const noexcept;

  std::uint64_t size() const noexcept { return spool_->size(); }
  std::uint64_t spooled() const noexcept { return spooled_; }  // since the start

 private:
  void run();
  // Gives the row after which to go on; null: nothing more can be done now.
  std::optional<std::int64_t> hand_over_one(std::int64_t after_row);
  Result<void> hand_over(const store::Spooled& spooled);

  std::unique_ptr<store::Spool> spool_;
  store::IncidentStore& store_;
  const Holding& holding_;
  const Snapshots& snapshots_;
  std::atomic<std::int64_t> away_until_us_{0};
  std::atomic<std::uint64_t> spooled_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::string> under_way_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace noshare::daemon
