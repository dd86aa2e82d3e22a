// Reports from the counts by day: their cost grows with the days, not with the incidents.
#include <algorithm>

#include "noshare/base/day.h"

#include "incident_index.h"
#include "incident_query.h"

namespace noshare::store {

namespace {

constexpr std::int64_t kMostRows = 20;

struct Days {
  const std::string& first;
  const std::string& last;
};

std::int64_t number(CountKind kind) { return static_cast<std::int64_t>(kind); }

Result<std::vector<Counted>> counts_of(Connection& connection, const Days& days,
                                       CountKind kind) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT key, sum(number) AS c FROM daily_counts WHERE "
                                 "day >= ? AND day <= ? AND kind = ? GROUP BY key ORDER "
                                 "BY c DESC, key LIMIT ?"));
  query.bind(days.first).bind(days.last).bind(number(kind)).bind(kMostRows);
  std::vector<Counted> rows;
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return rows;
    std::string name = query.text();
    rows.push_back({std::move(name), query.integer()});
  }
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
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT ") + column +
                                 " AS n, count(DISTINCT i.id) FROM exclusions e JOIN "
                                 "incidents i ON i.case_number = e.case_number WHERE "
                                 "e.state IN ('proposed', 'approved') AND i.time_us >= ? "
                                 "AND i.time_us < ? GROUP BY n"));
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
