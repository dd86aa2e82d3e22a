// Reports from the counts by day: their cost grows with the days, not with the incidents.
#include <algorithm>
#include <unordered_map>

#include "noshare/base/day.h"

#include "incident_index.h"
#include "incident_query.h"

namespace noshare::store {

namespace {

constexpr std::ptrdiff_t kMostRows = 20;

struct Days {
  const std::string& first;
  const std::string& last;
};

std::int64_t number(CountKind kind) { return static_cast<std::int64_t>(kind); }

constexpr std::size_t kMonthChars = 7;

std::string month_of(const std::string& day) { return day.substr(0, kMonthChars); }

using Counts = std::unordered_map<std::string, std::int64_t>;

// Names and numbers of a kind between two days or months, `span` as SQL. PostgreSQL adds
// up itself, for each row costs it its way to us; SQLite would only sort them for it.
Result<void> add_counts(Connection& connection, const char* span, std::int64_t kind,
                        const std::string& first, const std::string& last,
                        Counts& counts) {
  const bool adds_up = connection.dialect() == Dialect::kPostgres;
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT key, ") +
                                 (adds_up ? "sum(number)" : "number") +
                                 " FROM daily_counts WHERE kind = ? AND " + span +
                                 (adds_up ? " GROUP BY key" : "")));
  query.bind(kind).bind(first).bind(last);
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    const std::string key = query.text();
    counts[key] += query.integer();
  }
}

// The days of the first and of the last month, and the whole months between them.
Result<std::vector<Counted>> counts_of(Connection& connection, const Days& days,
                                       CountKind kind) {
  constexpr const char* kWithin = "day >= ? AND day <= ?";
  constexpr const char* kBetween = "day > ? AND day < ?";
  const std::string first = month_of(days.first);
  const std::string last = month_of(days.last);
  Counts counts;
  if (first == last) {
    NOSHARE_CHECK(
        add_counts(connection, kWithin, number(kind), days.first, days.last, counts));
  } else {
    NOSHARE_CHECK(
        add_counts(connection, kWithin, number(kind), days.first, first + "-31", counts));
    NOSHARE_CHECK(
        add_counts(connection, kBetween, number(kind) + kOfMonths, first, last, counts));
    NOSHARE_CHECK(
        add_counts(connection, kWithin, number(kind), last + "-01", days.last, counts));
  }
  std::vector<Counted> rows;
  for (auto& [name, count] : counts) rows.push_back({name, count});
  const auto end =
      rows.begin() +
      std::min<std::ptrdiff_t>(kMostRows, static_cast<std::ptrdiff_t>(rows.size()));
  std::partial_sort(rows.begin(), end, rows.end(), [](const auto& a, const auto& b) {
    return a.count != b.count ? a.count > b.count : a.name < b.name;
  });
  rows.erase(end, rows.end());
  return rows;
}

// Day by day, of the names in `of`.
Result<std::vector<DayCount>> by_day(Connection& connection, const Days& days,
                                     CountKind kind, const std::vector<Counted>& of) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT day, key, number FROM daily_counts WHERE day >= "
                                 "? AND day <= ? AND kind = ? ORDER BY day, key"));
  query.bind(days.first).bind(days.last).bind(number(kind));
  std::vector<DayCount> rows;
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return rows;
    DayCount one;
    one.day = query.text();
    one.name = query.text();
    one.count = query.integer();
    const bool wanted = std::any_of(of.begin(), of.end(),
                                    [&](const auto& c) { return c.name == one.name; });
    if (wanted) rows.push_back(std::move(one));
  }
}

// Incidents of the span about which somebody said that something in them is none, by a
// column of the incident or of the exclusion.
Result<std::vector<FalseRate>> false_rates(Connection& connection, std::int64_t since_us,
                                           std::int64_t until_us, const char* column,
                                           const std::vector<Counted>& all) {
  std::vector<FalseRate> rates;
  for (const Counted& one : all) rates.push_back({one.name, one.count, 0});
  // From the few exclusions to their incidents: SQLite keeps the order of a CROSS JOIN.
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT ") + column +
                                 " AS n, count(DISTINCT i.id) FROM exclusions e CROSS "
                                 "JOIN incidents i WHERE i.case_number = e.case_number "
                                 "AND e.state IN ('proposed', 'approved') AND i.time_us "
                                 ">= ? AND i.time_us < ? GROUP BY n"));
  query.bind(since_us).bind(until_us);
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return rates;
    const std::string name = query.text();
    for (FalseRate& one : rates) {
      if (one.name == name) one.wrong = query.integer();
    }
  }
}

}  // namespace

Result<IncidentSummary> summarise_incidents(Connection& connection,
                                            const std::string& first_day,
                                            const std::string& last_day) {
  const Days days{first_day, last_day};
  NOSHARE_TRY(const std::int64_t since, day_begin_us(first_day));
  NOSHARE_TRY(const std::int64_t last, day_begin_us(last_day));
  const std::int64_t until = last + kDay_us;
  IncidentSummary summary;
  struct List {
    std::vector<Counted> IncidentSummary::*field;
    CountKind kind;
  };
  constexpr List kLists[] = {
      {&IncidentSummary::by_action, CountKind::kAction},
      {&IncidentSummary::by_rule, CountKind::kRule},
      {&IncidentSummary::by_entity, CountKind::kFindings},
      {&IncidentSummary::by_sender, CountKind::kSender},
      {&IncidentSummary::by_recipient_domain, CountKind::kRecipientDomain},
  };
  for (const List& list : kLists) {
    NOSHARE_TRY(summary.*list.field, counts_of(connection, days, list.kind));
  }
  NOSHARE_TRY(const auto all, by_day(connection, days, CountKind::kIncidents, {{"", 0}}));
  for (const DayCount& one : all) {
    summary.by_day.push_back({one.day, one.count});
    summary.incidents += one.count;
  }
  NOSHARE_TRY(summary.action_by_day,
              by_day(connection, days, CountKind::kAction, summary.by_action));
  NOSHARE_TRY(summary.rule_by_day,
              by_day(connection, days, CountKind::kRule, summary.by_rule));
  NOSHARE_TRY(summary.entity_by_day,
              by_day(connection, days, CountKind::kFindings, summary.by_entity));
  NOSHARE_TRY(summary.false_by_rule,
              false_rates(connection, since, until, "i.rule", summary.by_rule));
  NOSHARE_TRY(const auto with_entity, counts_of(connection, days, CountKind::kEntity));
  NOSHARE_TRY(summary.false_by_entity,
              false_rates(connection, since, until, "e.entity", with_entity));
  return summary;
}

}  // namespace noshare::store
