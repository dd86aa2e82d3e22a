#include "incident_query.h"

#include <algorithm>
#include <optional>
#include <span>
#include <variant>

#include "noshare/base/text.h"

#include "bytes.h"
#include "case_number.h"
#include "incident_index.h"
#include "incident_rows.h"
#include "sender_globs.h"

namespace noshare::store {

namespace {

// What fewer than so many incidents have is rare enough to begin with.
constexpr std::int64_t kManyIncidents = 5000;

// Conditions and their values, kept in the same order.
class Where {
 public:
  void add(const std::string& condition) {
    sql_ += (sql_.empty() ? kWhere : " AND ") + condition;
  }
  void add(const Where& more) {
    if (more.sql_.empty()) return;
    add(more.sql_.substr(std::string_view(kWhere).size()));
    values_.insert(values_.end(), more.values_.begin(), more.values_.end());
  }
  Where& with(std::int64_t value) { return push(value); }
  Where& with(const std::string& value) { return push(value); }
  Where& with_blob(std::string_view value) { return push(Blob{std::string(value)}); }
  // What has been said so far stands elsewhere; its values stay the first ones.
  void begin_anew() { sql_.clear(); }
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
  static constexpr const char* kWhere = " WHERE ";
  std::string sql_;
  std::vector<Value> values_;
};

std::int64_t number(KeyKind kind) { return static_cast<std::int64_t>(kind); }

// What the index is asked for: a key, or a pattern of addresses.
struct Clue {
  KeyKind kind;
  std::string key;
  bool is_pattern = false;
  std::int64_t incidents = 0;  // that have it, at most kManyIncidents
};

bool is_rare(const Clue& clue) { return clue.incidents < kManyIncidents; }

// Of the rows of incident_keys as k.
const char* condition_of(const Clue& clue) {
  return clue.is_pattern ? "k.kind = ? AND k.key IN (SELECT n.key FROM index_names n "
                           "WHERE n.kind = ? AND n.key LIKE ? ESCAPE '\\')"
                         : "k.kind = ? AND k.key = ?";
}

template <class To>
void bind_condition(const Clue& clue, To&& bind) {
  bind(number(clue.kind));
  if (clue.is_pattern) bind(number(clue.kind));
  bind(clue.key);
}

// An address or "*@domain" is a key, any other glob a pattern.
Clue clue_of_glob(const std::string& glob, KeyKind whole, KeyKind domain) {
  if (glob.find('*') == std::string::npos) return {whole, ascii_lowered(glob)};
  if (glob.size() > 2 && glob.starts_with("*@") && glob.find('*', 1) == glob.npos) {
    return {domain, ascii_lowered(glob.substr(2))};
  }
  return {whole, ascii_lowered(like_pattern(glob)), true};
}

std::vector<Clue> clues_of(const IncidentFilter& filter) {
  std::vector<Clue> clues;
  if (!filter.sender.empty()) {
    clues.push_back(
        clue_of_glob(filter.sender, KeyKind::kSender, KeyKind::kSenderDomain));
  }
  if (!filter.recipient.empty()) {
    clues.push_back(
        clue_of_glob(filter.recipient, KeyKind::kRecipient, KeyKind::kRecipientDomain));
  }
  if (!filter.rule.empty()) clues.push_back({KeyKind::kRule, filter.rule});
  if (!filter.entity.empty()) clues.push_back({KeyKind::kEntity, filter.entity});
  if (filter.action) clues.push_back({KeyKind::kAction, name(*filter.action)});
  return clues;
}

// Where a search goes along, newest first: what it looks at one by one.
struct Way {
  std::string from;  // what is looked at, as k (rows of incident_keys) or i
  std::string join;  // to the incidents, as i
  std::string time;
  std::string id;
  Where where;  // which of these; what the index cannot say is not among it

  std::string order() const { return " ORDER BY " + time + " DESC, " + id + " DESC"; }
};

// Whether the index alone can say that an incident has it, too.
bool is_in_index(const Clue& clue) {
  return !clue.is_pattern || clue.kind == KeyKind::kRecipient;
}

// Holds for each incident that is looked at; `since_us` is where the way ends, if it is
// known: PostgreSQL need not look into older partitions then.
void add_check(const Clue& clue, const Way& way,
               const std::optional<std::int64_t>& since_us, Where& where) {
  if (!clue.is_pattern) {
    where.add(
        "EXISTS (SELECT 1 FROM incident_keys x WHERE x.kind = ? AND x.key = ? AND "
        "x.time_us = " +
        way.time + " AND x.incident = " + way.id +
        (since_us ? " AND x.time_us >= ?)" : ")"));
    where.with(number(clue.kind)).with(clue.key);
    if (since_us) where.with(*since_us);
  } else if (clue.kind == KeyKind::kSender) {
    where.add("lower(i.sender) LIKE ? ESCAPE '\\'");
    where.with(clue.key);
  } else {
    where.add("EXISTS (SELECT 1 FROM incident_recipients r WHERE r.incident = " + way.id +
              " AND lower(r.recipient) LIKE ? ESCAPE '\\')");
    where.with(clue.key);
  }
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
  if (filter.among_senders) {
    where.add(fits_one_of("i.sender", filter.among_senders->size()));
    for (const std::string& one : *filter.among_senders) where.with(like_pattern(one));
  }
  // Few incidents show one value: they are looked up by it, then put in order.
  if (!filter.value.is_null()) {
    where.add(
        "i.id IN (SELECT f.incident FROM incident_findings f WHERE f.fingerprint = ?)");
    where.with_blob(bytes_of(filter.value));
  }
}

// Puts the rarest clue first: the search walks along it, newest first.
Result<void> order_by_rarity(Connection& connection, std::vector<Clue>& clues) {
  if (clues.empty() || (clues.size() == 1 && !clues[0].is_pattern)) return {};
  for (Clue& clue : clues) {
    NOSHARE_TRY(Statement query,
                connection.prepare(std::string("SELECT count(*) FROM (SELECT 1 FROM "
                                               "incident_keys k WHERE ") +
                                   condition_of(clue) + " LIMIT ?) AS counted"));
    bind_condition(clue, [&](const auto& value) { query.bind(value); });
    query.bind(kManyIncidents);
    NOSHARE_CHECK(query.step());
    clue.incidents = query.integer();
  }
  std::stable_sort(clues.begin(), clues.end(), [](const Clue& a, const Clue& b) {
    return a.incidents != b.incidents ? a.incidents < b.incidents
                                      : a.is_pattern < b.is_pattern;
  });
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

Way way_along(const Clue* clue, const IncidentFilter& filter,
              const std::optional<Place>& before) {
  Way way{" FROM incidents i", "", "i.time_us", "i.id", {}};
  if (clue != nullptr) {
    // The time tells PostgreSQL which partition the incident is in.
    way = {" FROM incident_keys k",
           " JOIN incidents i ON i.id = k.incident AND i.time_us = k.time_us",
           "k.time_us",
           "k.incident",
           {}};
    if (clue->is_pattern) {
      way.from = std::string(
                     " FROM (SELECT DISTINCT k.time_us, k.incident FROM "
                     "incident_keys k WHERE ") +
                 condition_of(*clue) + ") k";
    } else {
      way.where.add(condition_of(*clue));
    }
    bind_condition(*clue, [&](const auto& value) { way.where.with(value); });
  }
  if (filter.since_us) {
    way.where.add(way.time + " >= ?");
    way.where.with(*filter.since_us);
  }
  if (filter.until_us) {
    way.where.add(way.time + " < ?");
    way.where.with(*filter.until_us);
  }
  if (before) {
    way.where.add("(" + way.time + ", " + way.id + ") < (?, ?)");
    way.where.with(before->time_us).with(before->id);
  }
  return way;
}

// The last of the first `count` on the way; none if there are fewer.
Result<std::optional<Place>> end_of(Connection& connection, const Way& way,
                                    std::uint32_t count) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT " + way.time + ", " + way.id + way.from +
                                 way.where.sql() + way.order() + " LIMIT 1 OFFSET ?"));
  way.where.bind(query);
  query.bind(std::int64_t{count} - 1);
  NOSHARE_TRY(const bool has_row, query.step());
  if (!has_row) return std::optional<Place>();
  Place place;
  place.time_us = query.integer();
  place.id = query.integer();
  return std::optional<Place>(place);
}

// All that are on the way and pass its checks fit: only those that are shown are read.
void cut(Way& way, std::uint32_t most) {
  way.from = " FROM (SELECT " + way.time + " AS time_us, " + way.id + " AS incident" +
             way.from + way.where.sql() + way.order() + " LIMIT ?) k";
  way.where.with(std::int64_t{most}).begin_anew();
  way.join = " JOIN incidents i ON i.id = k.incident AND i.time_us = k.time_us";
  way.time = "k.time_us";
  way.id = "k.incident";
}

Result<std::string> case_at(Connection& connection, const Place& place) {
  NOSHARE_TRY(Statement query, connection.prepare("SELECT case_number FROM incidents "
                                                  "WHERE id = ? AND time_us = ?"));
  NOSHARE_TRY(const bool has_row, query.bind(place.id).bind(place.time_us).step());
  if (!has_row) return fail(ErrorCode::kCorrupt, "the index names no incident");
  return query.text();
}

}  // namespace

Result<Search> search_incidents(Connection& connection, const IncidentFilter& filter) {
  std::vector<Clue> clues = clues_of(filter);
  NOSHARE_CHECK(order_by_rarity(connection, clues));
  NOSHARE_TRY(const auto before, place_of(connection, filter.before_case));
  // Along a pattern that many have, the way leads through more than through all.
  const bool by_clue = !clues.empty() && (!clues[0].is_pattern || is_rare(clues[0]));
  Way way = way_along(by_clue ? clues.data() : nullptr, filter, before);
  const auto more = std::span(clues).subspan(by_clue ? 1 : 0);
  std::string further;
  std::optional<std::int64_t> since_us = filter.since_us;
  if (filter.look_at > 0 && (!more.empty() || filter.among_senders)) {
    NOSHARE_TRY(const auto end, end_of(connection, way, filter.look_at));
    if (end) {
      NOSHARE_TRY(further, case_at(connection, *end));
      since_us = end->time_us;
      way.where.add(way.time + " >= ? AND (" + way.time + ", " + way.id + ") >= (?, ?)");
      way.where.with(end->time_us).with(end->time_us).with(end->id);
    }
  }
  Where checks;  // that need the incident itself
  for (const Clue& clue : more) {
    add_check(clue, way, since_us, is_in_index(clue) ? way.where : checks);
  }
  add_columns(filter, checks);
  if (checks.sql().empty()) cut(way, filter.most);
  way.where.add(checks);
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT i.id, " + columns_of_i() + way.from + way.join +
                                 way.where.sql() + way.order() + " LIMIT ?"));
  way.where.bind(query);
  query.bind(std::int64_t{filter.most});
  return Search{std::move(query), std::move(further)};
}

}  // namespace noshare::store
