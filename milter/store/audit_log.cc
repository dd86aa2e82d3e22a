// The audit chain in the store's database.
#include "noshare/store/audit_log.h"

#include <mutex>

#include "audit_chain.h"
#include "database.h"
#include "open_file.h"

namespace noshare::store {

namespace {

AuditEntry read_entry(Statement& row) {
  AuditEntry entry;
  entry.number = row.integer();
  entry.time_us = row.integer();
  entry.actor = row.text();
  entry.act = row.text();
  entry.object = row.text();
  entry.detail = row.text();
  return entry;
}

class DatabaseAuditLog final : public AuditLog {
 public:
  DatabaseAuditLog(Connection connection, FingerprintKey key)
      : connection_(std::move(connection)), key_(std::move(key)) {}

  Result<void> append(const AuditEntry& entry) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_CHECK(append_audit(connection_, key_, entry));
    return transaction.commit();
  }

  Result<std::vector<AuditEntry>> list(const AuditFilter& filter) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(
                    "SELECT number, time_us, actor, act, object, detail FROM audit "
                    "WHERE ? IN ('', actor) AND ? IN ('', object) AND number < "
                    "? ORDER BY number DESC LIMIT ?"));
    query.bind(filter.actor)
        .bind(filter.object)
        .bind(filter.before_number.value_or(INT64_MAX))
        .bind(std::int64_t{filter.most});
    std::vector<AuditEntry> entries;
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return entries;
      entries.push_back(read_entry(query));
    }
  }

  Result<AuditCheck> verify(const std::string& known_head) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT number, time_us, actor, act, object, detail, "
                                    "hash FROM audit ORDER BY number"));
    AuditCheck check;
    bool head_seen = known_head.empty();
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) break;
      const AuditEntry entry = read_entry(query);
      const std::string hash = query.text();
      if (entry.number != check.entries + 1) {
        check.broken_at = check.entries + 1;
        check.fault = "it is missing";
        return check;
      }
      if (hash != audit_hash(key_, entry, check.head)) {
        check.broken_at = entry.number;
        check.fault = "it or the entry before it was changed";
        return check;
      }
      check.entries = entry.number;
      check.head = hash;
      head_seen = head_seen || hash == known_head;
    }
    if (!head_seen) {
      check.broken_at = check.entries + 1;
      check.fault = "the chain does not reach the head that was kept";
    }
    return check;
  }

 private:
  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  FingerprintKey key_;
};

}  // namespace

Result<std::unique_ptr<AuditLog>> AuditLog::open(const std::filesystem::path& file,
                                                 Access access, FingerprintKey key) {
  NOSHARE_TRY(Connection connection, open_file(file, access == Access::kReadOnly));
  return std::make_unique<DatabaseAuditLog>(std::move(connection), std::move(key));
}

}  // namespace noshare::store
