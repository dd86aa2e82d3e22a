// Card numbers in mail: the statement for PCI DSS 4.2.2.
#include <algorithm>
#include <map>

#include "noshare/base/clock.h"

#include "report/kinds.h"
#include "report/left.h"

namespace noshare::report {

namespace {

constexpr const char* kCard = "payment_card_number";

bool names(const std::vector<std::string>& words, const char* word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether the rule looks at card numbers, by name, by category or because it looks at
// all.
bool is_about_cards(const config::Condition& when) {
  if (when.entities.empty() && when.categories.empty()) return when.looks_at_findings();
  return names(when.entities, kCard) || names(when.categories, "payment");
}

Table rules_table(const config::Settings& settings) {
  Table table{"Rules that look at card numbers", {"Rule", "Action", "Limited to"}, {}};
  for (const config::Rule& rule : settings.rules) {
    if (!is_about_cards(rule.when)) continue;
    std::string limits;
    const auto add = [&](const std::string& what) {
      limits += (limits.empty() ? "" : "; ") + what;
    };
    if (rule.when.least_confidence) {
      add("confidence " + std::to_string(*rule.when.least_confidence));
    }
    if (rule.unless && rule.unless->encrypted == true)
      add("not when encrypted");
    else if (rule.unless)
      add("with an exception");
    table.rows.push_back({rule.id, name(rule.then), limits});
  }
  return table;
}

bool is_card(const model::Finding& finding) {
  return finding.entity == kCard && finding.level() == model::Level::kHigh;
}

}  // namespace

Result<Report> payment_report(const Sources& sources, const Question& question) {
  std::map<std::string, std::int64_t> done;
  Table left_open{"Card numbers that left unencrypted",
                  {"Case", "Time", "Rule", "Carried out", "Recipients' domains"},
                  {}};
  std::int64_t messages = 0;
  const auto look = [&](const model::Incident& incident) -> Result<void> {
    const auto& findings = incident.report.findings;
    if (std::none_of(findings.begin(), findings.end(), is_card)) return {};
    ++messages;
    ++done[name(incident.carried_out)];
    NOSHARE_TRY(const Left left, what_left(sources.holds, incident));
    const bool card_left =
        std::any_of(left.findings.begin(), left.findings.end(),
                    [&](std::uint32_t at) { return is_card(findings[at]); });
    if (!card_left || incident.report.encrypted) return {};
    std::string domains;
    for (const auto& one : left.domains) domains += (domains.empty() ? "" : ", ") + one;
    left_open.rows.push_back(
        {incident.case_number, rfc3339_utc(incident.time_us), incident.verdict.rule,
         left.released ? "released by officers" : name(incident.carried_out), domains});
    return {};
  };
  NOSHARE_CHECK(each_incident(sources, question, look));
  Report report;
  report.title = "Card numbers in end-user messaging (PCI DSS 4.2.2)";
  report.facts = {{"Messages in which card numbers were found", std::to_string(messages)},
                  {"Of these left unencrypted", std::to_string(left_open.rows.size())},
                  {"Mode now", sources.settings.mode == config::Mode::kMonitor
                                   ? "monitor: nothing is stopped"
                                   : "enforce"}};
  report.words = {
      left_open.rows.empty()
          ? "On record is no message of these days that carried a card number (PAN) "
            "unencrypted to a third party."
          : "The messages listed last carried a card number (PAN) unencrypted to a third "
            "party.",
      "Requirement 4.2.2 of PCI DSS v4.0.1: PAN is secured with strong cryptography "
      "whenever it is sent via end-user messaging technologies. Outgoing mail is read "
      "before it leaves, attachments included; counted are numbers whose issuer range "
      "and check digit hold, found with high confidence."};
  Table actions{"What was done", {"Action", "Messages"}, {}};
  for (const auto& [action, count] : done) {
    actions.rows.push_back({action, std::to_string(count)});
  }
  report.tables = {rules_table(sources.settings), std::move(actions),
                   std::move(left_open)};
  return report;
}

}  // namespace noshare::report
