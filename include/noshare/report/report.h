// Reports: what happened in a span of days, for auditors and authorities.
//
// In:  incidents, holds, the configuration     Out: titled tables; HTML to print, CSV
// Counts, kinds of data, domains and case numbers only: no value found in mail and no
// address, so that a report can be handed on. Errors: those of the stores; kInvalidInput.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/settings.h"
#include "noshare/store/hold_store.h"
#include "noshare/store/incident_store.h"

namespace noshare::report {

struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Report {
  std::string name;  // of a file: "breach-2026-11-01-2026-11-24"
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<std::string> words;  // paragraphs
  std::vector<Table> tables;
};

enum class Kind {
  kSummary,     // counts by what was done, rule, entity, domain; false positives
  kBreach,      // GDPR Art. 33(3): categories, people, records, recipients, times
  kRecipients,  // GDPR Art. 30(1)(d): who received which categories
  kPayment,     // PCI DSS 4.2.2: card numbers in mail
};
const char* name(Kind kind) noexcept;  // "summary", "breach", "recipients", "pci"
bool kind_from_name(std::string_view text, Kind& kind) noexcept;

struct Question {
  Kind kind = Kind::kSummary;
  std::string first_day;  // "2026-11-01", UTC; both included
  std::string last_day;
  std::vector<std::string> cases;  // kBreach: these instead of what left in these days
};

struct Sources {
  store::IncidentStore& incidents;
  store::HoldStore& holds;
  const config::Settings& settings;
};

Result<Report> make_report(const Sources& sources, const Question& question);

std::string to_html(const Report& report);  // one file, nothing from elsewhere
std::string to_csv(const Report& report);   // RFC 4180, a table after the other

}  // namespace noshare::report
