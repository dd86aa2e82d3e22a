// FeedStore: how far each feed has got, and what comes next.
//
// In:  a feed's name     Out: incidents and audit entries behind its place, in the order
// of their record. The store itself is the spool: nothing piles up beside it while a
// receiver is away, and nothing is lost.
// Errors: kIo, kUnavailable, kCorrupt. Thread-safe; of several processes one serves a
// feed at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/model/incident.h"
#include "noshare/store/audit_log.h"

namespace noshare::store {

struct FeedPlace {
  std::int64_t incident = 0;  // the last one that the receiver has
  std::int64_t audit = 0;
};

struct FeedEvents {
  bool taken = false;  // false: nothing new, or another process serves this feed now
  std::vector<model::Incident> incidents;
  std::vector<AuditEntry> entries;
  FeedPlace begin;  // the feed's place before
  FeedPlace end;    // and once these are sent
  bool empty() const { return incidents.empty() && entries.empty(); }
};

class FeedStore {
 public:
  static Result<std::unique_ptr<FeedStore>> open(const std::filesystem::path& file);
  virtual ~FeedStore() = default;

  // At most so many of each kind. A feed that is new begins with what comes next. Nobody
  // else gets them until `busy_until_us`.
  virtual Result<FeedEvents> take(const std::string& feed, std::uint32_t most,
                                  std::int64_t now_us, std::int64_t busy_until_us) = 0;
  // The receiver has everything up to `place` (no more than before, if it did not take
  // them); the feed is free again.
  virtual Result<void> sent(const std::string& feed, const FeedPlace& place) = 0;
};

}  // namespace noshare::store
