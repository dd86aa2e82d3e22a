// Reloader: a new configuration for us and for the workers, or none at all.
//
// In:  the configuration file as it is now     Out: a new snapshot and new workers, both
// Errors: whatever is wrong with the file or its packs; the old configuration goes on
// then. Thread-safe; reloads come one after the other.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "daemon/services.h"

namespace noshare::daemon {

using LoadSnapshot = std::function<Result<SnapshotPtr>()>;

class Reloader {
 public:
  Reloader(Services& services, LoadSnapshot load);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  Result<void> reload();  // returns when the new configuration serves, or was refused
  void reload_soon();     // in a thread of its own; the outcome goes to the log

 private:
  void run();

  Services& services_;
  const LoadSnapshot load_;
  std::mutex one_at_a_time_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace noshare::daemon
