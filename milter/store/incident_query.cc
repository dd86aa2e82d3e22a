#include "incident_query.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "noshare/base/text.h"

#include "bytes.h"
#include "case_number.h"
#include "incident_index.h"
#include "incident_rows.h"

namespace noshare::store {

namespace {

// A key that fewer than so many incidents have is rare enough to begin with.
constexpr std::int64_t kManyIncidents = 2000;

// Conditions and their values, kept in the same order.
class Where {
 public:
  void add(const std::string& condition) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
  }
  Where& with(std::int64_t value) { return push(value); }
  Where& with(const std::string& value) { return push(value); }
  Where& with_blob(std::string_view value) { return push(Blob{std::string(value)}); }
  const std::string& sql() const { return sql_; }
  void bind(Statement& statement) const {
    for (const auto& value : values_) std::visit(Bind{statement}, value);
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
  Where& push(Value value) {
    values_.push_back(std::move(value));
    return *this;
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

std::int64_t number(KeyKind kind) { return static_cast<std::int64_t>(kind); }

// An address or "*@domain" is looked up; null for any other glob.
std::optional<Key> key_of_glob(const std::string& glob, KeyKind whole, KeyKind domain) {
  if (glob.find('*') == std::string::npos) return Key(whole, ascii_lowered(glob));
  if (glob.size() > 2 && glob.starts_with("*@") && glob.find('*', 1) == glob.npos) {
    return Key(domain, ascii_lowered(glob.substr(2)));
  }
  return std::nullopt;
}

// What of the filter is looked up in the index; the rest goes to `where`.
std::vector<Key> keys_of_filter(const IncidentFilter& filter, Where& where) {
  std::vector<Key> keys;
  if (!filter.sender.empty()) {
    const auto key = key_of_glob(filter.sender, KeyKind::kSender, KeyKind::kSenderDomain);
    if (key) {
      keys.push_back(*key);
    } else {
      where.add("lower(i.sender) LIKE ? ESCAPE '\\'");
      where.with(ascii_lowered(like_pattern(filter.sender)));
    }
  }
  if (!filter.recipient.empty()) {
    const auto key =
        key_of_glob(filter.recipient, KeyKind::kRecipient, KeyKind::kRecipientDomain);
    if (key) {
      keys.push_back(*key);
    } else {
      where.add(
          "EXISTS (SELECT 1 FROM incident_recipients r WHERE r.incident = i.id "
          "AND lower(r.recipient) LIKE ? ESCAPE '\\')");
      where.with(ascii_lowered(like_pattern(filter.recipient)));
    }
  }
  if (!filter.rule.empty()) keys.emplace_back(KeyKind::kRule, filter.rule);
  if (!filter.entity.empty()) keys.emplace_back(KeyKind::kEntity, filter.entity);
  if (filter.action) keys.emplace_back(KeyKind::kAction, name(*filter.action));
  return keys;
}

void add_columns(const IncidentFilter& filter, Where& where) {
  if (!filter.queue_id.empty()) {
    where.add("i.queue_id = ?");
    where.with(filter.queue_id);
  }
  if (!filter.message_id.empty()) {
    where.add("i.message_id = ?");
    where.with(filter.message_id);
  }
  // Few incidents show one value: they are looked up by it, then put in order.
  if (!filter.value.is_null()) {
    where.add(
        "i.id IN (SELECT f.incident FROM incident_findings f WHERE f.fingerprint = ?)");
    where.with_blob(bytes_of(filter.value));
  }
}

// Puts the rarest key first: the search walks along it, newest first.
Result<void> order_by_rarity(Connection& connection, std::vector<Key>& keys) {
  if (keys.size() < 2) return {};
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT count(*) FROM (SELECT 1 FROM incident_keys "
                                 "WHERE kind = ? AND key = ? LIMIT ?) AS counted"));
  std::vector<std::pair<std::int64_t, Key>> counted;
  for (Key& key : keys) {
    query.bind(number(key.first)).bind(key.second).bind(kManyIncidents);
    NOSHARE_CHECK(query.step());
    counted.emplace_back(query.integer(), std::move(key));
    query.reset();
  }
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = std::move(counted[i].second);
  return {};
}

struct Place {
  std::int64_t time_us = 0;
  std::int64_t id = 0;
};

Result<std::optional<Place>> place_of(Connection& connection, const std::string& number) {
  if (number.empty()) return std::optional<Place>();
  NOSHARE_TRY(Statement query, connection.prepare("SELECT time_us, id FROM incidents "
                                                  "WHERE case_number = ?"));
  query.bind(canonical_case_number(number));
  NOSHARE_TRY(const bool has_row, query.step());
  if (!has_row) return fail(ErrorCode::kNotFound, "no incident has this case number");
  Place place;
  place.time_us = query.integer();
  place.id = query.integer();
  return std::optional<Place>(place);
}

// "i.case_number, i.time_us, ...".
std::string columns_of_i() {
  std::string columns = std::string("i.") + kIncidentColumns;
  for (std::size_t at = 0; (at = columns.find(", ", at)) != std::string::npos;) {
    columns.insert(at + 2, "i.");
    at += 4;
  }
  return columns;
}

}  // namespace

Result<Statement> select_incidents(Connection& connection, const IncidentFilter& filter) {
  Where where;
  Where rest;
  std::vector<Key> keys = keys_of_filter(filter, rest);
  NOSHARE_CHECK(order_by_rarity(connection, keys));
  NOSHARE_TRY(const auto before, place_of(connection, filter.before_case));
  const bool by_key = !keys.empty();
  const std::string time = by_key ? "k.time_us" : "i.time_us";
  const std::string id = by_key ? "k.incident" : "i.id";
  std::string from = " FROM incidents i";
  if (by_key) {
    // The time tells PostgreSQL which partition the incident is in.
    from =
        " FROM incident_keys k JOIN incidents i ON i.id = k.incident AND i.time_us = "
        "k.time_us";
    where.add("k.kind = ? AND k.key = ?");
    where.with(number(keys[0].first)).with(keys[0].second);
  }
  if (filter.since_us) {
    where.add(time + " >= ?");
    where.with(*filter.since_us);
  }
  if (filter.until_us) {
    where.add(time + " < ?");
    where.with(*filter.until_us);
  }
  if (before) {
    where.add("(" + time + ", " + id + ") < (?, ?)");
    where.with(before->time_us).with(before->id);
  }
  for (std::size_t n = 1; n < keys.size(); ++n) {
    where.add(
        "EXISTS (SELECT 1 FROM incident_keys x WHERE x.kind = ? AND x.key = ? AND "
        "x.time_us = i.time_us AND x.incident = i.id)");
    where.with(number(keys[n].first)).with(keys[n].second);
  }
  add_columns(filter, where);
  const std::string more =
      rest.sql().empty() ? ""
                         : (where.sql().empty() ? " WHERE " : " AND ") +
                               rest.sql().substr(std::string_view(" WHERE ").size());
  NOSHARE_TRY(
      Statement query,
      connection.prepare("SELECT i.id, " + columns_of_i() + from + where.sql() + more +
                         " ORDER BY " + time + " DESC, " + id + " DESC LIMIT ?"));
  where.bind(query);
  rest.bind(query);
  query.bind(std::int64_t{filter.most});
  return query;
}

}  // namespace noshare::store
