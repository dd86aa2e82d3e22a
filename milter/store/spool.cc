// The spool: the store's tables in a file of their own.
#include "noshare/store/spool.h"

#include <atomic>
#include <mutex>

#include "noshare/store/hold_store.h"
#include "noshare/store/incident_store.h"

#include "database.h"
#include "incident_purge.h"
#include "incident_rows.h"
#include "open_file.h"

namespace noshare::store {

namespace {

class FileSpool final : public Spool {
 public:
  FileSpool(std::unique_ptr<IncidentStore> incidents, std::unique_ptr<HoldStore> holds,
            Connection connection, std::uint32_t most)
      : incidents_(std::move(incidents)),
        holds_(std::move(holds)),
        connection_(std::move(connection)),
        most_(most) {}

  Result<std::string> record(const model::Incident& incident) override {
    const std::lock_guard lock(mutex_);
    return record_one(incident);
  }

  Result<std::string> held(const model::Incident& incident,
                           std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(std::string case_number, record_one(incident));
    NOSHARE_CHECK(holds_->held(case_number, now_us));
    return case_number;
  }

  Result<std::optional<Spooled>> next(std::int64_t after_row) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                    " FROM incidents WHERE id > ? ORDER BY id LIMIT 1"));
    query.bind(after_row);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return std::optional<Spooled>();
    Spooled one;
    NOSHARE_TRY(one.incident, read_incident(connection_, query, &one.row));
    NOSHARE_TRY(one.held_us, held_since(one.incident.case_number));
    return std::optional<Spooled>(std::move(one));
  }

  Result<bool> remove(const Spooled& spooled) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const std::int64_t now, held_since(spooled.incident.case_number));
    if (now != spooled.held_us) return false;
    NOSHARE_CHECK(remove_incident(connection_, spooled.row, spooled.incident));
    // Counts and names are the store's; here they would outlive their incidents.
    NOSHARE_CHECK(
        connection_.execute("DELETE FROM daily_counts; DELETE FROM index_names"));
    NOSHARE_CHECK(transaction.commit());
    return count().has_value();
  }

  std::uint64_t size() const noexcept override { return size_; }
  std::uint64_t most() const noexcept override { return most_; }

  Result<void> count() {
    NOSHARE_TRY(Statement query, connection_.prepare("SELECT count(*) FROM incidents"));
    NOSHARE_CHECK(query.step());
    size_ = static_cast<std::uint64_t>(query.integer());
    return {};
  }

 private:
  Result<std::string> record_one(const model::Incident& incident) {
    NOSHARE_TRY(const bool is_here, knows(incident));
    if (!is_here && size_ >= most_) {
      return fail(ErrorCode::kLimit,
                  "the spool has its " + std::to_string(most_) + " incidents");
    }
    NOSHARE_TRY(std::string case_number, incidents_->record(incident));
    NOSHARE_CHECK(count());
    return case_number;
  }

  Result<bool> knows(const model::Incident& incident) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT 1 FROM incidents WHERE retry_key = ?"));
    return query.bind(retry_key(incident)).step();
  }

  Result<std::int64_t> held_since(const std::string& case_number) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT held_us FROM holds WHERE case_number = ?"));
    query.bind(case_number);
    NOSHARE_TRY(const bool has_row, query.step());
    return has_row ? query.integer() : 0;
  }

  std::mutex mutex_;  // one connection, many callers
  std::unique_ptr<IncidentStore> incidents_;
  std::unique_ptr<HoldStore> holds_;
  Connection connection_;
  std::atomic<std::uint64_t> size_{0};
  const std::uint64_t most_;
};

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::filesystem::path& file,
                                           const FingerprintKey& key,
                                           std::uint32_t most) {
  NOSHARE_TRY(auto incidents,
              IncidentStore::open(file, IncidentStore::Access::kReadWrite));
  NOSHARE_TRY(auto holds, HoldStore::open(file, HoldStore::Access::kReadWrite, key));
  NOSHARE_TRY(Connection connection, open_file(file, false));
  auto spool = std::make_unique<FileSpool>(std::move(incidents), std::move(holds),
                                           std::move(connection), most);
  NOSHARE_CHECK(spool->count());
  return spool;
}

}  // namespace noshare::store
