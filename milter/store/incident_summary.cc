// Reports from the counts by day: their cost grows with the days, not with the incidents.
#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_map>

#include "noshare/base/day.h"

#include "incident_index.h"
#include "incident_query.h"
#include "together.h"

namespace noshare::store {

namespace {

constexpr std::ptrdiff_t kMostRows = 20;

struct Days {
  const std::string& first;
  const std::string& last;
};

std::int64_t number(CountKind kind) { return static_cast<std::int64_t>(kind); }

// Whole years, months, tens of days and days that make up the days asked for, as names.
using Pieces = std::array<std::vector<std::string>, kCountSpans.size()>;

// No incident is counted for what lies beyond the first and the last day of all: spans
// that reach out there are as good as the days of theirs that were asked for.
Result<Pieces> pieces_of(Connection& connection, const Days& days, std::int64_t since,
                         std::int64_t until) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT coalesce(min(day), ''), coalesce(max(day), '') "
                                 "FROM daily_counts WHERE kind = ?"));
  NOSHARE_CHECK(query.bind(number(CountKind::kIncidents)).step());
  const std::string first = query.text();
  const std::string last = query.text();
  std::vector<std::string> names{first < days.first ? day_of(since - kDay_us) : ""};
  for (std::int64_t at = since; at < until; at += kDay_us) names.push_back(day_of(at));
  names.push_back(days.last < last ? day_of(until) : "");
  const auto is_end = [&](std::size_t i, std::size_t chars) {
    return names[i - 1].substr(0, chars) != names[i].substr(0, chars);
  };
  Pieces pieces;
  for (std::size_t at = 1; at + 1 < names.size();) {
    for (std::size_t span = 0; span < pieces.size(); ++span) {
      const std::size_t chars = kCountSpans[span].chars;
      std::size_t next = at + 1;
      while (next + 1 < names.size() && !is_end(next, chars)) ++next;
      if (!is_end(at, chars) || !is_end(next, chars)) continue;
      pieces[span].push_back(names[at].substr(0, chars));
      at = next;
      break;
    }
  }
  return pieces;
}

constexpr CountKind kListed[] = {CountKind::kAction,   CountKind::kRule,
                                 CountKind::kFindings, CountKind::kEntity,
                                 CountKind::kSender,   CountKind::kRecipientDomain};
using Counts = std::map<CountKind, std::unordered_map<std::string, std::int64_t>>;

// Adds names and numbers of all kinds in some spans. PostgreSQL adds up itself, for each
// row costs it its way to us; SQLite would only sort them for it.
Result<void> add_counts(Connection& connection, const CountSpan& span,
                        std::span<const std::string> names, Counts& counts) {
  const bool adds_up = connection.dialect() == Dialect::kPostgres;
  std::string kinds;
  for (const CountKind kind : kListed) {
    kinds += (kinds.empty() ? "" : ",") + std::to_string(number(kind) + span.more);
  }
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT kind, key, ") +
                                 (adds_up ? "sum(number)" : "number") +
                                 " FROM daily_counts WHERE kind IN (" + kinds +
                                 ") AND day IN (" + places_for(names.size()) + ")" +
                                 (adds_up ? " GROUP BY kind, key" : "")));
  bind_places(names, [&](const std::string& one) { query.bind(one); });
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    const auto kind = static_cast<CountKind>(query.integer() - span.more);
    const std::string key = query.text();
    counts[kind][key] += query.integer();
  }
}

Result<Counts> counts_of(Connection& connection, const Pieces& pieces) {
  Counts counts;
  for (std::size_t span = 0; span < pieces.size(); ++span) {
    const std::span<const std::string> names(pieces[span]);
    for (std::size_t at = 0; at < names.size(); at += kTogether) {
      NOSHARE_CHECK(add_counts(connection, kCountSpans[span],
                               names.subspan(at, std::min(kTogether, names.size() - at)),
                               counts));
    }
  }
  return counts;
}

// The most frequent ones.
std::vector<Counted> most_of(Counts& counts, CountKind kind) {
  std::vector<Counted> rows;
  for (auto& [name, count] : counts[kind]) rows.push_back({name, count});
  const auto end =
      rows.begin() +
      std::min<std::ptrdiff_t>(kMostRows, static_cast<std::ptrdiff_t>(rows.size()));
  std::partial_sort(rows.begin(), end, rows.end(), [](const auto& a, const auto& b) {
    return a.count != b.count ? a.count > b.count : a.name < b.name;
  });
  rows.erase(end, rows.end());
  return rows;
}

bool is_among(const std::vector<Counted>& rows, const std::string& name) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const auto& one) { return one.name == name; });
}

// Day by day, of the names in the lists.
Result<void> add_days(Connection& connection, const Days& days,
                      IncidentSummary& summary) {
  NOSHARE_TRY(Statement query,
              connection.prepare("SELECT kind, day, key, number FROM daily_counts WHERE "
                                 "kind IN (?, ?, ?, ?) AND day >= ? AND day <= ? ORDER "
                                 "BY kind, day, key"));
  for (const CountKind kind : {CountKind::kIncidents, CountKind::kAction,
                               CountKind::kRule, CountKind::kFindings}) {
    query.bind(number(kind));
  }
  query.bind(days.first).bind(days.last);
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    const auto kind = static_cast<CountKind>(query.integer());
    DayCount one;
    one.day = query.text();
    one.name = query.text();
    one.count = query.integer();
    if (kind == CountKind::kIncidents) {
      summary.by_day.push_back({one.day, one.count});
      summary.incidents += one.count;
    } else if (kind == CountKind::kAction && is_among(summary.by_action, one.name)) {
      summary.action_by_day.push_back(std::move(one));
    } else if (kind == CountKind::kRule && is_among(summary.by_rule, one.name)) {
      summary.rule_by_day.push_back(std::move(one));
    } else if (kind == CountKind::kFindings && is_among(summary.by_entity, one.name)) {
      summary.entity_by_day.push_back(std::move(one));
    }
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
  NOSHARE_TRY(const Pieces pieces, pieces_of(connection, days, since, until));
  NOSHARE_TRY(Counts counts, counts_of(connection, pieces));
  IncidentSummary summary;
  summary.by_action = most_of(counts, CountKind::kAction);
  summary.by_rule = most_of(counts, CountKind::kRule);
  summary.by_entity = most_of(counts, CountKind::kFindings);
  summary.by_sender = most_of(counts, CountKind::kSender);
  summary.by_recipient_domain = most_of(counts, CountKind::kRecipientDomain);
  NOSHARE_CHECK(add_days(connection, days, summary));
  NOSHARE_TRY(summary.false_by_rule,
              false_rates(connection, since, until, "i.rule", summary.by_rule));
  NOSHARE_TRY(summary.false_by_entity, false_rates(connection, since, until, "e.entity",
                                                   most_of(counts, CountKind::kEntity)));
  return summary;
}

}  // namespace noshare::store
