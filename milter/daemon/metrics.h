// Metrics: what the daemon did, for Prometheus. Counts and names only, never a value.
//
// In:  events of the other files     Out: a page in the text format at Settings::metrics
// Errors: kIo when the address cannot be listened on. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "noshare/base/result.h"
#include "noshare/config/settings.h"
#include "noshare/model/verdict.h"
#include "noshare/pool/pool.h"

namespace noshare::daemon {

// What is read when the page is asked for.
struct Gauges {
  pool::Status pool;
  std::string config_version;
  std::uint64_t connections = 0;
  std::uint64_t transactions = 0;
  std::uint64_t wakeups = 0;
  std::uint64_t spool = 0;    // incidents that wait for the store
  std::uint64_t spooled = 0;  // so many have waited since the start
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Result<void> serve(const config::SocketAddress& address,
                     std::function<Gauges()> gauges);
  void stop_serving();

  void message(model::Direction direction);
  void verdict(model::Action action, bool monitor);
  void findings(const model::ScanReport& report);
  void scan_took(double seconds);
  void failed(
      const char* reason);  // a message that got no verdict; `reason` from a fixed set
  void store_failed();
  void reloaded(bool success);

  // For `noshare status`.
  struct Totals {
    std::uint64_t messages = 0;
    std::uint64_t scans = 0;
    std::uint64_t failures = 0;
    std::uint64_t store_errors = 0;
  };
  Totals totals() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noshare::daemon
