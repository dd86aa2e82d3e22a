#include "incident_query.h"

#include <variant>

#include "noshare/base/text.h"

#include "bytes.h"
#include "incident_rows.h"

namespace noshare::store {

namespace {

// Conditions and their values, kept in the same order.
class Where {
 public:
  void add(const std::string& condition, std::int64_t value) { push(condition, value); }
  void add(const std::string& condition, const std::string& value) {
    if (!value.empty()) push(condition, value);
  }
  void add_blob(const std::string& condition, std::string value) {
    push(condition, Blob{std::move(value)});
  }
  std::string sql() const { return sql_; }
  void bind(Statement& statement) const {
    for (const auto& value : values_) {
      std::visit(Bind{statement}, value);
    }
  }

 private:
  struct Blob {
    std::string bytes;
  };
  using Value = std::variant<std::int64_t, std::string, Blob>;
  struct Bind {
    Statement& statement;
    void operator()(std::int64_t one) const { statement.bind(one); }
    void operator()(const std::string& one) const { statement.bind(one); }
    void operator()(const Blob& one) const { statement.bind_blob(one.bytes); }
  };
  void push(const std::string& condition, Value value) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
    values_.push_back(std::move(value));
  }
  std::string sql_;
  std::vector<Value> values_;
};

// Our globs know '*' only; GLOB would also read '?' and '[': LIKE with an escape does
// not.
std::string like_pattern(const std::string& glob) {
  std::string pattern;
  for (const char c : glob) {
    if (c == '*') {
      pattern += '%';
    } else {
      if (c == '%' || c == '_' || c == '\\') pattern += '\\';
      pattern += c;
    }
  }
  return pattern;
}

}  // namespace

Result<Statement> select_incidents(Connection& connection, const IncidentFilter& filter) {
  Where where;
  if (filter.since_us) where.add("time_us >= ?", *filter.since_us);
  if (filter.until_us) where.add("time_us < ?", *filter.until_us);
  if (filter.action) where.add("action = ?", std::string(name(*filter.action)));
  where.add("sender LIKE ? ESCAPE '\\'", like_pattern(filter.sender));
  where.add("queue_id = ?", filter.queue_id);
  where.add("message_id = ?", filter.message_id);
  where.add(
      "EXISTS (SELECT 1 FROM incident_recipients r WHERE r.incident = incidents.id "
      "AND r.recipient LIKE ? ESCAPE '\\')",
      like_pattern(filter.recipient));
  where.add(
      "EXISTS (SELECT 1 FROM incident_recipients r, json_each(r.rules) j "
      "WHERE r.incident = incidents.id AND j.value = ?)",
      filter.rule);
  where.add(
      "EXISTS (SELECT 1 FROM incident_findings f WHERE f.incident = incidents.id "
      "AND f.entity = ?)",
      filter.entity);
  // Few incidents show one value: they are looked up by it, then put in order.
  if (!filter.value.is_null()) {
    where.add_blob(
        "id IN (SELECT f.incident FROM incident_findings f WHERE f.fingerprint = ?)",
        std::string(bytes_of(filter.value)));
  }
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                 " FROM incidents" + where.sql() +
                                 " ORDER BY time_us DESC, id DESC LIMIT ?"));
  where.bind(query);
  query.bind(std::int64_t{filter.most});
  return query;
}

namespace {

// `sql` gives names and counts, and takes the span as ?1 and ?2.
Result<std::vector<Counted>> count_by(Connection& connection, const char* sql,
                                      std::int64_t since_us, std::int64_t until_us) {
  NOSHARE_TRY(Statement query, connection.prepare(sql));
  query.bind(since_us).bind(until_us);
  std::vector<Counted> rows;
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return rows;
    std::string name = query.text();
    rows.push_back({std::move(name), query.integer()});
  }
}

}  // namespace

Result<IncidentSummary> summarise_incidents(Connection& connection, std::int64_t since_us,
                                            std::int64_t until_us) {
  IncidentSummary summary;
  struct List {
    std::vector<Counted> IncidentSummary::*field;
    const char* sql;
  };
  constexpr List kLists[] = {
      {&IncidentSummary::by_day,
       "SELECT date(time_us / 1000000, 'unixepoch') AS d, count(*) FROM incidents WHERE "
       "time_us >= ?1 AND time_us < ?2 GROUP BY d ORDER BY d"},
      {&IncidentSummary::by_action,
       "SELECT action, count(*) AS c FROM incidents WHERE time_us >= ?1 AND time_us < ?2 "
       "GROUP BY action ORDER BY c DESC LIMIT 20"},
      {&IncidentSummary::by_rule,
       "SELECT rule, count(*) AS c FROM incidents WHERE time_us >= ?1 AND time_us < ?2 "
       "GROUP BY rule ORDER BY c DESC LIMIT 20"},
      {&IncidentSummary::by_sender,
       "SELECT sender, count(*) AS c FROM incidents WHERE time_us >= ?1 AND time_us < ?2 "
       "GROUP BY sender ORDER BY c DESC LIMIT 20"},
      {&IncidentSummary::by_entity,
       "SELECT f.entity, count(*) AS c FROM incidents i JOIN incident_findings f ON "
       "f.incident = i.id WHERE i.time_us >= ?1 AND i.time_us < ?2 GROUP BY f.entity "
       "ORDER BY c DESC LIMIT 20"},
      {&IncidentSummary::by_recipient_domain,
       "SELECT substr(r.recipient, instr(r.recipient, '@') + 1) AS d, count(*) AS c FROM "
       "incidents i JOIN incident_recipients r ON r.incident = i.id WHERE i.time_us >= "
       "?1 "
       "AND i.time_us < ?2 AND r.party = 'third' GROUP BY d ORDER BY c DESC LIMIT 20"},
  };
  for (const List& list : kLists) {
    NOSHARE_TRY(summary.*list.field, count_by(connection, list.sql, since_us, until_us));
  }
  for (const Counted& day : summary.by_day) summary.incidents += day.count;
  return summary;
}

}  // namespace noshare::store
