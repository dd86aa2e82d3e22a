// Incidents in the store's database.
#include "noshare/store/incident_store.h"

#include <algorithm>
#include <iterator>
#include <mutex>

#include "noshare/base/day.h"

#include "case_number.h"
#include "database.h"
#include "incident_purge.h"
#include "incident_query.h"
#include "incident_rows.h"
#include "open_file.h"
#include "schema_postgres.h"
#include "together.h"

namespace noshare::store {

namespace {

class DatabaseIncidentStore final : public IncidentStore {
 public:
  explicit DatabaseIncidentStore(Connection connection)
      : connection_(std::move(connection)) {}

  Result<std::string> record(const model::Incident& incident) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(std::string case_number, count_retry(incident));
    std::string month = month_;
    if (case_number.empty()) {
      NOSHARE_TRY(case_number, unused_case_number(incident.case_number));
      month = month_of(incident.time_us);
      // Looked for once: it is there when the first record of the month is.
      if (month != month_) NOSHARE_CHECK(require_month(connection_, incident.time_us));
      NOSHARE_CHECK(insert_incident(connection_, incident, case_number));
    }
    NOSHARE_CHECK(transaction.commit());
    month_ = std::move(month);
    return case_number;
  }

  Result<std::vector<model::Incident>> list(const IncidentFilter& filter) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Search search, search_incidents(connection_, filter));
    return read_incidents(connection_, search.rows);
  }

  Result<IncidentPage> page(const IncidentFilter& filter) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Search search, search_incidents(connection_, filter));
    IncidentPage page;
    NOSHARE_TRY(page.incidents, read_incidents(connection_, search.rows));
    const bool is_full = !page.incidents.empty() && page.incidents.size() == filter.most;
    page.next = is_full ? page.incidents.back().case_number : std::move(search.further);
    return page;
  }

  Result<std::vector<model::Incident>> find_all(
      const std::vector<std::string>& case_numbers) override {
    const std::lock_guard lock(mutex_);
    std::vector<model::Incident> all;
    for (std::size_t at = 0; at < case_numbers.size(); at += kTogether) {
      const auto begin = case_numbers.begin() + static_cast<std::ptrdiff_t>(at);
      const std::size_t count = std::min(kTogether, case_numbers.size() - at);
      const std::vector<std::string> some(begin,
                                          begin + static_cast<std::ptrdiff_t>(count));
      NOSHARE_TRY(Statement query,
                  connection_.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                      " FROM incidents WHERE case_number IN (" +
                                      places_for(count) + ")"));
      bind_places(some, [&](const std::string& one) { query.bind(one); });
      NOSHARE_TRY(auto found, read_incidents(connection_, query));
      std::move(found.begin(), found.end(), std::back_inserter(all));
    }
    return all;
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

  Result<Purged> purge(std::int64_t before_us) override {
    const std::lock_guard lock(mutex_);
    Purged purged;
    for (;;) {  // in small transactions, so that mail need not wait
      NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
      NOSHARE_TRY(const std::int64_t count, purge_some(connection_, before_us, purged));
      NOSHARE_CHECK(transaction.commit());
      if (count == 0) break;
    }
    return purged;
  }

  Result<IncidentSummary> summary(const std::string& first_day,
                                  const std::string& last_day) override {
    const std::lock_guard lock(mutex_);
    return summarise_incidents(connection_, first_day, last_day);
  }

 private:
  // The case number of an earlier try of this message, now counted once more; else empty.
  // A record that is handed over a second time is no further try.
  Result<std::string> count_retry(const model::Incident& incident) {
    NOSHARE_TRY(Statement update,
                connection_.prepare(
                    "UPDATE incidents SET seen = seen + CASE WHEN case_number = ? "
                    "THEN 0 ELSE 1 END, last_time_us = CASE WHEN last_time_us > "
                    "? THEN last_time_us ELSE ? END WHERE retry_key = ? "
                    "RETURNING case_number"));
    update.bind(incident.case_number).bind(incident.time_us).bind(incident.time_us);
    update.bind(retry_key(incident));
    NOSHARE_TRY(const bool has_row, update.step());
    std::string case_number = has_row ? update.text() : std::string();
    if (has_row) NOSHARE_CHECK(update.step());
    return case_number;
  }

  static std::string month_of(std::int64_t time_us) {
    constexpr std::size_t kMonthChars = 7;
    return day_of(time_us).substr(0, kMonthChars);
  }

  // `wanted`, unless it is empty or taken.
  Result<std::string> unused_case_number(const std::string& wanted) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT 1 FROM incidents WHERE case_number = ?"));
    for (std::string candidate = wanted;; candidate.clear()) {
      if (candidate.empty()) {
        NOSHARE_TRY(candidate, new_case_number());
      }
      query.bind(candidate);
      NOSHARE_TRY(const bool taken, query.step());
      if (!taken) return candidate;
      NOSHARE_CHECK(query.run());
    }
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  std::string month_;  // whose partition is there
};

}  // namespace

Result<std::unique_ptr<IncidentStore>> IncidentStore::open(
    const std::filesystem::path& file, Access access) {
  NOSHARE_TRY(Connection connection, open_file(file, access == Access::kReadOnly));
  return std::make_unique<DatabaseIncidentStore>(std::move(connection));
}

}  // namespace noshare::store
