#include "incident_query.h"

#include <variant>

#include "noshare/base/text.h"

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
  std::string sql() const { return sql_; }
  void bind(Statement& statement) const {
    for (const auto& value : values_) {
      std::visit([&](const auto& one) { statement.bind(one); }, value);
    }
  }

 private:
  void push(const std::string& condition, std::variant<std::int64_t, std::string> value) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
    values_.push_back(std::move(value));
  }
  std::string sql_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
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
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT id, ") + kIncidentColumns +
                                 " FROM incidents" + where.sql() +
                                 " ORDER BY time_us DESC, id DESC LIMIT ?"));
  where.bind(query);
  query.bind(std::int64_t{filter.most});
  return query;
}

}  // namespace noshare::store
