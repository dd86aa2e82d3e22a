#include "incident_rows.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "noshare/base/json.h"

#include "bytes.h"
#include "incident_facts.h"
#include "incident_index.h"
#include "together.h"

namespace noshare::store {

using model::Incident;

const char* const kIncidentColumns =
    "case_number, time_us, seen, sender, client_address, authenticated_user, queue_id, "
    "daemon_name, local_submission, message_id, message_fingerprint, bytes, encrypted, "
    "is_signed, direction, monitor, action, carried_out, rule, reply, why, allowances, "
    "policy_version, pack_version, snapshot, findings_dropped, facts";

namespace {

template <class Item>
std::string list_text(const std::vector<Item>& items) {
  return to_line(Json(items));
}

// A list that was written by list_text; a damaged one reads as empty.
template <class Item>
std::vector<Item> list_from(const std::string& text) {
  std::vector<Item> items;
  const auto json = parse_json(text);
  if (!json || !json->is_array()) return items;
  for (const Json& one : *json) {
    if constexpr (std::is_same_v<Item, std::string>) {
      if (one.is_string()) items.push_back(one.get<std::string>());
    } else {
      if (one.is_number_unsigned()) items.push_back(one.get<Item>());
    }
  }
  return items;
}

std::string allowances_text(const std::vector<model::Allowance>& allowances) {
  Json list = Json::array();
  for (const model::Allowance& one : allowances) {
    list.push_back(
        {{"finding", one.finding}, {"recipient", one.recipient}, {"reason", one.reason}});
  }
  return to_line(list);
}

std::vector<model::Allowance> allowances_from(const std::string& text) {
  std::vector<model::Allowance> allowances;
  const auto json = parse_json(text);
  if (!json || !json->is_array()) return allowances;
  for (const Json& one : *json) {
    allowances.push_back({one.value("finding", 0U), one.value("recipient", std::string()),
                          one.value("reason", std::string())});
  }
  return allowances;
}

Result<void> insert_recipients(Connection& connection, std::int64_t id,
                               const model::Verdict& verdict) {
  NOSHARE_TRY(
      Statement insert,
      connection.prepare("INSERT INTO incident_recipients VALUES (?,?,?,?,?,?,?,?)"));
  std::int64_t position = 0;
  for (const model::RecipientVerdict& one : verdict.recipients) {
    insert.bind(id).bind(position++).bind(one.recipient).bind(name(one.party));
    insert.bind(name(one.action)).bind(one.rule).bind(list_text(one.rules));
    NOSHARE_CHECK(insert.bind(list_text(one.disclosed)).run());
  }
  return {};
}

Result<void> insert_findings(Connection& connection, std::int64_t id,
                             const model::ScanReport& report) {
  NOSHARE_TRY(
      Statement insert,
      connection.prepare(
          "INSERT INTO incident_findings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  std::int64_t position = 0;
  for (const model::Finding& one : report.findings) {
    insert.bind(id).bind(position++).bind(one.entity).bind(one.confidence);
    insert.bind(one.part).bind(one.path).bind(name(one.zone));
    insert.bind(std::int64_t{one.start}).bind(std::int64_t{one.end}).bind(one.masked);
    insert.bind_blob(bytes_of(one.fingerprint))
        .bind_blob(bytes_of(one.subject_fingerprint));
    insert.bind(std::int64_t{one.quoted}).bind(std::int64_t{one.in_signature});
    NOSHARE_CHECK(insert.bind(list_text(one.why)).run());
  }
  return {};
}

Result<void> insert_unreadable(Connection& connection, std::int64_t id,
                               const model::ScanReport& report) {
  NOSHARE_TRY(Statement insert,
              connection.prepare("INSERT INTO incident_unreadable VALUES (?,?,?,?,?,?)"));
  std::int64_t position = 0;
  for (const model::Unreadable& one : report.unreadable) {
    insert.bind(id).bind(position++).bind(one.part).bind(one.path);
    NOSHARE_CHECK(insert.bind(name(one.reason)).bind(one.detail).run());
  }
  return {};
}

// Incidents whose rows in other tables are read together.
struct Page {
  std::vector<std::int64_t> ids;
  std::vector<Incident> incidents;
  std::vector<std::string> facts;
  std::unordered_map<std::int64_t, std::size_t> places;

  Incident& of(std::int64_t id) { return incidents[places.at(id)]; }
};

// Their rows in a table, each incident's in order; the first column is its id.
Result<Statement> rows_of(Connection& connection, const Page& page,
                          const std::string& columns, const std::string& table) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT incident, " + columns + " FROM " + table +
                                 " WHERE incident IN (" + places_for(page.ids.size()) +
                                 ") ORDER BY incident, position"));
  bind_places(page.ids, [&](std::int64_t id) { query.bind(id); });
  return query;
}

Result<void> read_recipients(Connection& connection, Page& page) {
  NOSHARE_TRY(Statement query, rows_of(connection, page,
                                       "recipient, party, action, rule, rules, disclosed",
                                       "incident_recipients"));
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    Incident& incident = page.of(query.integer());
    model::RecipientVerdict one;
    one.recipient = query.text();
    model::party_from_name(query.text().c_str(), one.party);
    model::action_from_name(query.text().c_str(), one.action);
    one.rule = query.text();
    one.rules = list_from<std::string>(query.text());
    one.disclosed = list_from<std::uint32_t>(query.text());
    incident.envelope.recipients.push_back(one.recipient);
    incident.verdict.recipients.push_back(std::move(one));
  }
}

Result<void> read_findings(Connection& connection, Page& page) {
  NOSHARE_TRY(Statement query,
              rows_of(connection, page,
                      "entity, confidence, part, path, zone, start, stop, masked, "
                      "fingerprint, subject_fingerprint, quoted, in_signature, why",
                      "incident_findings"));
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    Incident& incident = page.of(query.integer());
    model::Finding one;
    one.entity = query.text();
    one.confidence = static_cast<int>(query.integer());
    one.part = query.text();
    one.path = query.text();
    model::zone_from_name(query.text().c_str(), one.zone);
    one.start = static_cast<std::uint32_t>(query.integer());
    one.end = static_cast<std::uint32_t>(query.integer());
    one.masked = query.text();
    one.fingerprint = fingerprint_of(query.blob());
    one.subject_fingerprint = fingerprint_of(query.blob());
    one.quoted = query.integer() != 0;
    one.in_signature = query.integer() != 0;
    one.why = list_from<std::string>(query.text());
    incident.report.findings.push_back(std::move(one));
  }
}

Result<void> read_unreadable(Connection& connection, Page& page) {
  NOSHARE_TRY(Statement query, rows_of(connection, page, "part, path, reason, detail",
                                       "incident_unreadable"));
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    Incident& incident = page.of(query.integer());
    model::Unreadable one;
    one.part = query.text();
    one.path = query.text();
    model::unreadable_reason_from_name(query.text().c_str(), one.reason);
    one.detail = query.text();
    incident.report.unreadable.push_back(std::move(one));
  }
}

// What the incident's own row says.
void read_row(Statement& row, Page& page) {
  Incident incident;
  model::Envelope& envelope = incident.envelope;
  model::ScanReport& report = incident.report;
  model::Verdict& verdict = incident.verdict;
  const std::int64_t id = row.integer();
  incident.case_number = row.text();
  incident.time_us = row.integer();
  incident.seen = static_cast<std::uint32_t>(row.integer());
  envelope.sender = row.text();
  envelope.client_address = row.text();
  envelope.authenticated_user = row.text();
  envelope.queue_id = row.text();
  envelope.daemon_name = row.text();
  envelope.local_submission = row.integer() != 0;
  report.message_id = row.text();
  report.message_fingerprint = fingerprint_of(row.blob());
  report.bytes = static_cast<std::uint64_t>(row.integer());
  report.encrypted = row.integer() != 0;
  report.is_signed = row.integer() != 0;
  verdict.direction =
      row.integer() == 0 ? model::Direction::kOutbound : model::Direction::kInbound;
  verdict.monitor = row.integer() != 0;
  model::action_from_name(row.text().c_str(), verdict.action);
  model::action_from_name(row.text().c_str(), incident.carried_out);
  verdict.rule = row.text();
  verdict.reply = row.text();
  verdict.why = list_from<std::string>(row.text());
  verdict.allowances = allowances_from(row.text());
  incident.policy_version = row.text();
  incident.pack_version = row.text();
  report.snapshot = row.text();
  report.findings_dropped = static_cast<std::uint64_t>(row.integer());
  page.facts.push_back(row.text());
  page.places[id] = page.ids.size();
  page.ids.push_back(id);
  page.incidents.push_back(std::move(incident));
}

// What the other tables say.
Result<void> read_rest(Connection& connection, Page& page) {
  NOSHARE_CHECK(read_recipients(connection, page));
  NOSHARE_CHECK(read_findings(connection, page));
  NOSHARE_CHECK(read_unreadable(connection, page));
  for (std::size_t i = 0; i < page.facts.size(); ++i) {
    NOSHARE_CHECK(read_facts(page.facts[i], page.incidents[i]));
  }
  return {};
}

}  // namespace

std::string retry_key(const Incident& incident) {
  const model::ScanReport& report = incident.report;
  std::vector<std::string> recipients = incident.envelope.recipients;
  std::sort(recipients.begin(), recipients.end());
  std::string key = report.message_fingerprint.hex();
  for (const std::string* part :
       {&report.message_id, &incident.envelope.sender, &incident.verdict.rule}) {
    key += '\n' + *part;
  }
  key += '\n' + std::string(name(incident.verdict.action));
  for (const std::string& recipient : recipients) key += '\n' + recipient;
  return key;
}

Result<void> insert_incident(Connection& connection, const Incident& incident,
                             const std::string& case_number) {
  const std::string sql =
      std::string("INSERT INTO incidents (retry_key, last_time_us, ") + kIncidentColumns +
      ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id";
  NOSHARE_TRY(Statement insert, connection.prepare(sql));
  const model::Envelope& envelope = incident.envelope;
  const model::ScanReport& report = incident.report;
  const model::Verdict& verdict = incident.verdict;
  insert.bind(retry_key(incident)).bind(incident.time_us);
  insert.bind(case_number)
      .bind(incident.time_us)
      .bind(std::int64_t{incident.seen})
      .bind(envelope.sender);
  insert.bind(envelope.client_address).bind(envelope.authenticated_user);
  insert.bind(envelope.queue_id).bind(envelope.daemon_name);
  insert.bind(std::int64_t{envelope.local_submission}).bind(report.message_id);
  insert.bind_blob(bytes_of(report.message_fingerprint));
  insert.bind(static_cast<std::int64_t>(report.bytes))
      .bind(std::int64_t{report.encrypted});
  insert.bind(std::int64_t{report.is_signed});
  insert.bind(static_cast<std::int64_t>(verdict.direction));
  insert.bind(std::int64_t{verdict.monitor}).bind(name(verdict.action));
  insert.bind(name(incident.carried_out)).bind(verdict.rule).bind(verdict.reply);
  insert.bind(list_text(verdict.why)).bind(allowances_text(verdict.allowances));
  insert.bind(incident.policy_version).bind(incident.pack_version).bind(report.snapshot);
  insert.bind(static_cast<std::int64_t>(report.findings_dropped));
  insert.bind(facts_text(incident));
  NOSHARE_CHECK(insert.step());
  const std::int64_t id = insert.integer();
  NOSHARE_CHECK(insert.step());
  NOSHARE_CHECK(insert_recipients(connection, id, verdict));
  NOSHARE_CHECK(insert_findings(connection, id, report));
  NOSHARE_CHECK(insert_unreadable(connection, id, report));
  NOSHARE_CHECK(index_incident(connection, id, incident));
  return count_incident(connection, incident);
}

Result<Incident> read_incident(Connection& connection, Statement& row,
                               std::int64_t* row_id) {
  Page page;
  read_row(row, page);
  NOSHARE_CHECK(read_rest(connection, page));
  if (row_id != nullptr) *row_id = page.ids.front();
  return std::move(page.incidents.front());
}

Result<std::vector<Incident>> read_incidents(Connection& connection, Statement& rows,
                                             std::vector<std::int64_t>* row_ids) {
  std::vector<Incident> all;
  for (bool more = true; more;) {
    Page page;
    while (page.ids.size() < kTogether) {
      NOSHARE_TRY(more, rows.step());
      if (!more) break;
      read_row(rows, page);
    }
    if (page.ids.empty()) break;
    NOSHARE_CHECK(read_rest(connection, page));
    std::move(page.incidents.begin(), page.incidents.end(), std::back_inserter(all));
    if (row_ids != nullptr) {
      row_ids->insert(row_ids->end(), page.ids.begin(), page.ids.end());
    }
  }
  return all;
}

}  // namespace noshare::store
