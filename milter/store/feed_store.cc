// The feeds' places in the store's database.
#include "noshare/store/feed_store.h"

#include <mutex>

#include "incident_rows.h"
#include "open_file.h"

namespace noshare::store {

namespace {

class DatabaseFeedStore final : public FeedStore {
 public:
  explicit DatabaseFeedStore(Connection connection)
      : connection_(std::move(connection)) {}

  Result<FeedEvents> take(const std::string& feed, std::uint32_t most,
                          std::int64_t now_us, std::int64_t busy_until_us) override {
    const std::lock_guard lock(mutex_);
    FeedEvents events;
    NOSHARE_TRY(const bool waits, has_more(feed));
    if (!waits) return events;
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_CHECK(begin_at_the_end(feed));
    NOSHARE_TRY(Statement take,
                connection_.prepare("UPDATE feeds SET busy_until_us = ? WHERE name = ? "
                                    "AND busy_until_us <= ? RETURNING incident, audit"));
    take.bind(busy_until_us).bind(feed).bind(now_us);
    NOSHARE_TRY(events.taken, take.step());
    if (!events.taken) return events;
    events.end.incident = take.integer();
    events.end.audit = take.integer();
    events.begin = events.end;
    NOSHARE_CHECK(take.step());
    NOSHARE_CHECK(transaction.commit());
    NOSHARE_CHECK(read_incidents(most, events));
    NOSHARE_CHECK(read_entries(most, events));
    return events;
  }

  Result<void> sent(const std::string& feed, const FeedPlace& place) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement update,
                connection_.prepare("UPDATE feeds SET incident = ?, audit = ?, "
                                    "busy_until_us = 0 WHERE name = ?"));
    return update.bind(place.incident).bind(place.audit).bind(feed).run();
  }

 private:
  // Without a write: it is asked every second. True for a feed that is new.
  Result<bool> has_more(const std::string& feed) {
    NOSHARE_TRY(Statement query,
                connection_.prepare(
                    "SELECT incident < (SELECT coalesce(max(id), 0) FROM incidents) OR "
                    "audit < (SELECT coalesce(max(number), 0) FROM audit) FROM feeds "
                    "WHERE name = ?"));
    query.bind(feed);
    NOSHARE_TRY(const bool is_there, query.step());
    return !is_there || query.integer() != 0;
  }

  Result<void> begin_at_the_end(const std::string& feed) {
    NOSHARE_TRY(Statement add,
                connection_.prepare(
                    "INSERT INTO feeds (name, incident, audit, busy_until_us) VALUES (?, "
                    "(SELECT coalesce(max(id), 0) FROM incidents), (SELECT "
                    "coalesce(max(number), 0) FROM audit), 0) ON CONFLICT DO NOTHING"));
    return add.bind(feed).run();
  }

  Result<void> read_incidents(std::uint32_t most, FeedEvents& events) {
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                    " FROM incidents WHERE id > ? ORDER BY id LIMIT ?"));
    query.bind(events.end.incident).bind(std::int64_t{most});
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) break;
      std::int64_t id = 0;
      NOSHARE_TRY(model::Incident one, read_incident(connection_, query, &id));
      events.incidents.push_back(std::move(one));
      events.end.incident = id;
    }
    return {};
  }

  Result<void> read_entries(std::uint32_t most, FeedEvents& events) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT number, time_us, actor, act, object FROM "
                                    "audit WHERE number > ? ORDER BY number LIMIT ?"));
    query.bind(events.end.audit).bind(std::int64_t{most});
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return {};
      AuditEntry one;
      one.number = query.integer();
      one.time_us = query.integer();
      one.actor = query.text();
      one.act = query.text();
      one.object = query.text();
      events.end.audit = one.number;
      events.entries.push_back(std::move(one));
    }
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
};

}  // namespace

Result<std::unique_ptr<FeedStore>> FeedStore::open(const std::filesystem::path& file) {
  NOSHARE_TRY(Connection connection, open_file(file, false));
  return std::make_unique<DatabaseFeedStore>(std::move(connection));
}

}  // namespace noshare::store
