// What was found and stopped, counted.
#include <algorithm>
#include <cstdio>

#include "report/kinds.h"

namespace noshare::report {

namespace {

Table counts(const std::string& title, const std::string& what,
             const std::vector<store::Counted>& counted) {
  Table table{title, {what, "Number"}, {}};
  for (const store::Counted& one : counted) {
    table.rows.push_back(
        {one.name.empty() ? "(none)" : one.name, std::to_string(one.count)});
  }
  return table;
}

std::string percent(std::int64_t part, std::int64_t whole) {
  char text[32];
  std::snprintf(
      text, sizeof text, "%.1f %%",
      whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

Table rates(const std::string& title, const std::string& what,
            const std::vector<store::FalseRate>& of) {
  Table table{title, {what, "Incidents", "Said to be none", "Share"}, {}};
  for (const store::FalseRate& one : of) {
    table.rows.push_back({one.name, std::to_string(one.incidents),
                          std::to_string(one.wrong), percent(one.wrong, one.incidents)});
  }
  return table;
}

}  // namespace

Result<Report> summary_report(const Sources& sources, const Question& question) {
  NOSHARE_TRY(const auto summary,
              sources.incidents.summary(question.first_day, question.last_day));
  Report report;
  report.title = "Personal data in outgoing mail";
  report.facts = {{"Incidents", std::to_string(summary.incidents)}};
  report.words = {
      "An incident is a message about which the policy decided anything but a plain "
      "delivery. Numbers by kind of data count findings, all others count incidents."};
  report.tables = {
      counts("By what was done", "Action", summary.by_action),
      counts("By rule", "Rule", summary.by_rule),
      counts("By kind of data", "Kind of data", summary.by_entity),
      counts("By recipient's domain", "Domain", summary.by_recipient_domain),
      rates("False positives by kind of data", "Kind of data", summary.false_by_entity),
      rates("False positives by rule", "Rule", summary.false_by_rule),
      counts("By day", "Day", summary.by_day)};
  return report;
}

}  // namespace noshare::report
