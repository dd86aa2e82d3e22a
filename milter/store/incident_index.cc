#include "incident_index.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "noshare/base/day.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

#include "together.h"

namespace noshare::store {

namespace {

template <class Kind>
std::int64_t number(Kind kind) {
  return static_cast<std::int64_t>(kind);
}

// Its distinct keys are kept, so that a pattern need not read through all incidents.
bool is_address(KeyKind kind) {
  return kind == KeyKind::kSender || kind == KeyKind::kRecipient;
}

struct CountRow {
  std::string day;
  std::int64_t kind;
  std::string key;
  std::int64_t count;
};

// No two of them are about the same.
Result<void> add_counts(Connection& connection, std::span<const CountRow> rows) {
  std::string sql = "INSERT INTO daily_counts (day, kind, key, number) VALUES (?,?,?,?)";
  for (std::size_t i = 1; i < rows.size(); ++i) sql += ",(?,?,?,?)";
  sql +=
      " ON CONFLICT (kind, day, key) DO UPDATE SET number = daily_counts.number + "
      "excluded.number";
  NOSHARE_TRY(Statement add, connection.prepare(sql));
  for (const CountRow& row : rows) {
    add.bind(row.day).bind(row.kind).bind(row.key).bind(row.count);
  }
  return add.run();
}

}  // namespace

std::vector<Key> keys_of(const model::Incident& incident) {
  std::set<Key> keys;
  const auto add = [&](KeyKind kind, std::string key) {
    if (!key.empty()) keys.emplace(kind, std::move(key));
  };
  add(KeyKind::kSender, ascii_lowered(incident.envelope.sender));
  add(KeyKind::kSenderDomain, address_domain(incident.envelope.sender));
  for (const model::RecipientVerdict& one : incident.verdict.recipients) {
    add(KeyKind::kRecipient, ascii_lowered(one.recipient));
    add(KeyKind::kRecipientDomain, address_domain(one.recipient));
    for (const std::string& rule : one.rules) add(KeyKind::kRule, rule);
  }
  for (const model::Finding& one : incident.report.findings) {
    add(KeyKind::kEntity, one.entity);
  }
  add(KeyKind::kAction, name(incident.verdict.action));
  return {keys.begin(), keys.end()};
}

Result<void> index_incident(Connection& connection, std::int64_t id,
                            const model::Incident& incident) {
  NOSHARE_TRY(Statement insert,
              connection.prepare("INSERT INTO incident_keys (kind, key, time_us, "
                                 "incident) VALUES (?, ?, ?, ?)"));
  NOSHARE_TRY(Statement name, connection.prepare("INSERT INTO index_names (kind, key) "
                                                 "VALUES (?, ?) ON CONFLICT DO NOTHING"));
  for (const auto& [kind, key] : keys_of(incident)) {
    if (is_address(kind)) NOSHARE_CHECK(name.bind(number(kind)).bind(key).run());
    NOSHARE_CHECK(
        insert.bind(number(kind)).bind(key).bind(incident.time_us).bind(id).run());
  }
  return {};
}

Result<void> unindex_incident(Connection& connection, std::int64_t id,
                              const model::Incident& incident) {
  NOSHARE_TRY(Statement remove,
              connection.prepare("DELETE FROM incident_keys WHERE kind = ? AND key = ? "
                                 "AND time_us = ? AND incident = ?"));
  for (const auto& [kind, key] : keys_of(incident)) {
    NOSHARE_CHECK(
        remove.bind(number(kind)).bind(key).bind(incident.time_us).bind(id).run());
  }
  return {};
}

Result<void> forget_senders(Connection& connection, const std::string& day) {
  const std::int64_t days = number(CountKind::kSender);
  for (const CountSpan& span : kCountSpans) {
    const std::string part = day.substr(0, span.chars);
    NOSHARE_TRY(
        Statement remove,
        connection.prepare("DELETE FROM daily_counts WHERE kind = ? AND day < ?"));
    NOSHARE_CHECK(remove.bind(days + span.more).bind(part).run());
    if (span.more == 0) continue;
    // Of the span in which the day is, its later days stay.
    NOSHARE_TRY(
        Statement make,
        connection.prepare(
            "UPDATE daily_counts SET number = coalesce((SELECT sum(d.number) FROM "
            "daily_counts d WHERE d.kind = ? AND d.day >= ? AND d.day <= ? AND "
            "d.key = daily_counts.key), 0) WHERE kind = ? AND day = ?"));
    NOSHARE_CHECK(make.bind(days)
                      .bind(day)
                      .bind(part + "~")  // behind each of its days
                      .bind(days + span.more)
                      .bind(part)
                      .run());
    NOSHARE_TRY(Statement none,
                connection.prepare("DELETE FROM daily_counts WHERE kind = "
                                   "? AND day = ? AND number = 0"));
    NOSHARE_CHECK(none.bind(days + span.more).bind(part).run());
  }
  return {};
}

Result<void> forget_names(Connection& connection) {
  return connection.execute(
      "DELETE FROM index_names WHERE NOT EXISTS (SELECT 1 FROM incident_keys k WHERE "
      "k.kind = index_names.kind AND k.key = index_names.key)");
}

Result<void> count_incident(Connection& connection, const model::Incident& incident) {
  std::map<std::pair<CountKind, std::string>, std::int64_t> counts;
  counts[{CountKind::kIncidents, ""}] = 1;
  counts[{CountKind::kAction, name(incident.verdict.action)}] = 1;
  counts[{CountKind::kRule, incident.verdict.rule}] = 1;
  counts[{CountKind::kSender, ascii_lowered(incident.envelope.sender)}] = 1;
  for (const model::Finding& one : incident.report.findings) {
    ++counts[{CountKind::kFindings, one.entity}];
    counts[{CountKind::kEntity, one.entity}] = 1;
  }
  for (const model::RecipientVerdict& one : incident.verdict.recipients) {
    if (one.party != model::Party::kThird) continue;
    counts[{CountKind::kRecipientDomain, address_domain(one.recipient)}] = 1;
  }
  const std::string day = day_of(incident.time_us);
  std::vector<CountRow> rows;
  for (const auto& [what, count] : counts) {
    for (const CountSpan& span : kCountSpans) {
      rows.push_back({day.substr(0, span.chars), number(what.first) + span.more,
                      what.second, count});
    }
  }
  for (std::size_t at = 0; at < rows.size(); at += kTogether) {
    NOSHARE_CHECK(add_counts(
        connection, std::span(rows).subspan(at, std::min(kTogether, rows.size() - at))));
  }
  return {};
}

}  // namespace noshare::store
