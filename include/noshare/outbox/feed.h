// Feeds: what happens, told to a SIEM: a file of JSON lines, syslog (RFC 5424), a
// webhook.
//
// In:  incidents and audit entries of the store     Out: events at each receiver, in
// order, at least once. A thread of its own follows the store: the mail path never waits
// for a receiver, and one that is away gets everything when it is back. An event names
// the envelope's addresses and kinds of data; no value, no mask, no reason that somebody
// typed.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "noshare/base/json.h"
#include "noshare/config/settings.h"
#include "noshare/store/feed_store.h"

namespace noshare::outbox {

Json incident_event(const model::Incident& incident);
Json audit_event(const store::AuditEntry& entry);
// ArcSight Common Event Format, version 0.
std::string to_cef(const Json& event);

// Hands events over. Errors: kIo, kUnavailable, kTimeout; then none of them counts as
// told.
Result<void> tell(const config::FeedSettings& feed, const std::vector<Json>& events);

class Feeder {
 public:
  // `feeds` is asked anew each time: it may change with the configuration.
  Feeder(std::unique_ptr<store::FeedStore> store,
         std::function<std::vector<config::FeedSettings>()> feeds);
  ~Feeder();
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

 private:
  void run();
  bool serve(const config::FeedSettings& feed);  // true: there may be more at once

  std::unique_ptr<store::FeedStore> store_;
  std::function<std::vector<config::FeedSettings>()> feeds_;
  struct Trouble {
    std::int64_t next_us = 0;
    std::uint32_t tries = 0;
  };
  std::map<std::string, Trouble> troubles_;  // by feed; of the thread
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace noshare::outbox
