#include "incident_purge.h"

#include <algorithm>

#include "noshare/base/day.h"

#include "incident_index.h"
#include "incident_rows.h"

namespace noshare::store {

namespace {

constexpr std::int64_t kBatch = 200;
constexpr const char* kOpen =
    "(SELECT case_number FROM holds WHERE state IN ('held', 'releasing'))";

struct Old {
  std::int64_t id = 0;
  model::Incident incident;
};

Result<std::vector<Old>> oldest(Connection& connection, std::int64_t before_us) {
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                 " FROM incidents WHERE time_us < ? AND case_number NOT "
                                 "IN " +
                                 kOpen + " ORDER BY time_us, id LIMIT ?"));
  query.bind(before_us).bind(kBatch);
  std::vector<std::int64_t> ids;
  NOSHARE_TRY(auto incidents, read_incidents(connection, query, &ids));
  std::vector<Old> found;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    found.push_back({ids[i], std::move(incidents[i])});
  }
  return found;
}

Result<void> finish(Connection& connection, std::int64_t before_us, Purged& purged) {
  // Of whole days that are gone, who sent what is nobody's business any more.
  NOSHARE_CHECK(forget_senders(connection, day_of(before_us)));
  NOSHARE_CHECK(forget_names(connection));
  NOSHARE_TRY(Statement count,
              connection.prepare("SELECT count(*) FROM incidents WHERE time_us < ?"));
  count.bind(before_us);
  NOSHARE_CHECK(count.step());
  purged.left = count.integer();
  return {};
}

}  // namespace

// What it has in other tables; decisions about a held message stay in the audit log.
Result<void> remove_incident(Connection& connection, std::int64_t id,
                             const model::Incident& incident) {
  NOSHARE_CHECK(unindex_incident(connection, id, incident));
  for (const char* sql : {"DELETE FROM incident_recipients WHERE incident = ?",
                          "DELETE FROM incident_findings WHERE incident = ?",
                          "DELETE FROM incident_unreadable WHERE incident = ?",
                          "DELETE FROM incidents WHERE id = ?"}) {
    NOSHARE_TRY(Statement remove, connection.prepare(sql));
    NOSHARE_CHECK(remove.bind(id).run());
  }
  for (const char* sql : {"DELETE FROM release_tokens WHERE case_number = ?",
                          "DELETE FROM hold_decisions WHERE case_number = ?",
                          "DELETE FROM holds WHERE case_number = ?",
                          "DELETE FROM notices WHERE case_number = ?"}) {
    NOSHARE_TRY(Statement remove, connection.prepare(sql));
    NOSHARE_CHECK(remove.bind(incident.case_number).run());
  }
  return {};
}

Result<std::int64_t> purge_some(Connection& connection, std::int64_t before_us,
                                Purged& purged) {
  NOSHARE_TRY(const auto old, oldest(connection, before_us));
  for (const Old& one : old) {
    NOSHARE_CHECK(remove_incident(connection, one.id, one.incident));
    const std::int64_t time = one.incident.time_us;
    purged.first_us = purged.incidents == 0 ? time : std::min(purged.first_us, time);
    purged.last_us = std::max(purged.last_us, time);
    ++purged.incidents;
  }
  if (old.empty()) NOSHARE_CHECK(finish(connection, before_us, purged));
  return static_cast<std::int64_t>(old.size());
}

}  // namespace noshare::store
