// The incident store in one SQLite file (WAL), the default that needs no set-up.
#include <mutex>

#include "noshare/store/incident_store.h"

#include "case_number.h"
#include "incident_query.h"
#include "incident_rows.h"
#include "open_file.h"
#include "sqlite.h"

namespace noshare::store {

namespace {

class SqliteIncidentStore final : public IncidentStore {
 public:
  explicit SqliteIncidentStore(Connection connection)
      : connection_(std::move(connection)) {}

  Result<std::string> record(const model::Incident& incident) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(std::string case_number, count_retry(incident));
    if (case_number.empty()) {
      NOSHARE_TRY(case_number, unused_case_number());
      NOSHARE_CHECK(insert_incident(connection_, incident, case_number));
    }
    NOSHARE_CHECK(transaction.commit());
    return case_number;
  }

  Result<std::vector<model::Incident>> list(const IncidentFilter& filter) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query, select_incidents(connection_, filter));
    std::vector<model::Incident> incidents;
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return incidents;
      NOSHARE_TRY(model::Incident incident, read_incident(connection_, query));
      incidents.push_back(std::move(incident));
    }
  }

  Result<model::Incident> find(const std::string& case_number) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                    " FROM incidents WHERE case_number = ?"));
    query.bind(canonical_case_number(case_number));
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return fail(ErrorCode::kNotFound, "no incident has this case number");
    return read_incident(connection_, query);
  }

  Result<IncidentSummary> summary(const std::string& first_day,
                                  const std::string& last_day) override {
    const std::lock_guard lock(mutex_);
    return summarise_incidents(connection_, first_day, last_day);
  }

 private:
  // The case number of an earlier try of this message, now counted once more; else empty.
  Result<std::string> count_retry(const model::Incident& incident) {
    NOSHARE_TRY(
        Statement update,
        connection_.prepare("UPDATE incidents SET seen = seen + 1, last_time_us = ? "
                            "WHERE retry_key = ? RETURNING case_number"));
    update.bind(incident.time_us).bind(retry_key(incident));
    NOSHARE_TRY(const bool has_row, update.step());
    std::string case_number = has_row ? update.text() : std::string();
    if (has_row) NOSHARE_CHECK(update.step());
    return case_number;
  }

  Result<std::string> unused_case_number() {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT 1 FROM incidents WHERE case_number = ?"));
    for (;;) {
      NOSHARE_TRY(std::string candidate, new_case_number());
      query.bind(candidate);
      NOSHARE_TRY(const bool taken, query.step());
      if (!taken) return candidate;
      NOSHARE_CHECK(query.run());
    }
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
};

}  // namespace

Result<std::unique_ptr<IncidentStore>> IncidentStore::open(
    const std::filesystem::path& file, Access access) {
  NOSHARE_TRY(Connection connection, open_file(file, access == Access::kReadOnly));
  return std::make_unique<SqliteIncidentStore>(std::move(connection));
}

}  // namespace noshare::store
