// Outcome: see outcome.h.
#include "policy/outcome.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "policy/reply.h"

namespace noshare::policy {

namespace {

using model::Action;

constexpr std::size_t kMostRecipientsExplained = 20;

// The strictest of the matches that count; the first among equals; null when there is
// none.
const Match* strictest(const RuleSet& rules, const std::vector<Match>& matches) {
  const Match* best = nullptr;
  for (const Match& match : matches) {
    const config::Rule& rule = rules.rule(match.rule);
    if (rule.dry_run) continue;
    if (best == nullptr || rule.then > rules.rule(best->rule).then) best = &match;
  }
  return best;
}

int gravity(const std::string& severity) {
  constexpr std::array<std::string_view, 5> kSeverities = {"", "low", "medium", "high",
                                                           "critical"};
  return static_cast<int>(std::find(kSeverities.begin(), kSeverities.end(), severity) -
                          kSeverities.begin());
}

class MessageDecision {
 public:
  MessageDecision(const RuleSet& rules, const Facts& facts, bool has_vault,
                  const std::vector<RecipientOutcome>& outcomes, model::Verdict& verdict)
      : rules_(rules),
        facts_(facts),
        has_vault_(has_vault),
        outcomes_(outcomes),
        verdict_(verdict) {}

  void run() {
    choose_rule();
    add_redactions();
    settle_drops();
    settle_redaction();
    add_tag_prefix();
    if (deciding_ == nullptr) return;
    verdict_.rule = deciding_->id;
    verdict_.hold_by_mta =
        verdict_.action == Action::kHold && (deciding_->hold_by_mta || !has_vault_);
    verdict_.reply = reply_text(verdict_.action, refusal());
  }

 private:
  void choose_rule();
  void add_redactions();
  void settle_drops();
  void settle_redaction();
  void add_tag_prefix();
  Refusal refusal() const;
  void change(Action action, const char* because);

  const RuleSet& rules_;
  const Facts& facts_;
  bool has_vault_;
  const std::vector<RecipientOutcome>& outcomes_;
  model::Verdict& verdict_;
  const config::Rule* deciding_ = nullptr;
};

void MessageDecision::change(Action action, const char* because) {
  verdict_.why.push_back(std::string(model::name(verdict_.action)) + " becomes " +
                         model::name(action) + ": " + because);
  verdict_.action = action;
}

void MessageDecision::choose_rule() {
  for (const RecipientOutcome& outcome : outcomes_) {
    const Match* best = strictest(rules_, outcome.matches);
    if (best == nullptr) continue;
    const config::Rule& rule = rules_.rule(best->rule);
    if (deciding_ != nullptr && rule.then <= deciding_->then) continue;
    deciding_ = &rule;
    verdict_.action = rule.then;
  }
}

// What redact rules counted for anybody: there is one body for all.
void MessageDecision::add_redactions() {
  std::set<std::uint32_t> findings;
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    if (verdict_.recipients[i].action != Action::kRedact) continue;
    for (const Match& match : outcomes_[i].matches) {
      const config::Rule& rule = rules_.rule(match.rule);
      if (rule.then != Action::kRedact || rule.dry_run) continue;
      findings.insert(match.findings.begin(), match.findings.end());
    }
  }
  std::set<Fingerprint> values;
  for (const std::uint32_t index : findings) {
    values.insert(facts_.report.findings[index].fingerprint);
  }
  // Wherever the value stands: a place of which the filter is less sure shows it as well.
  for (std::uint32_t i = 0; i < facts_.report.findings.size(); ++i) {
    const model::Finding& one = facts_.report.findings[i];
    const bool same_value =
        !one.fingerprint.is_null() && values.contains(one.fingerprint);
    if (!findings.contains(i) && !same_value) continue;
    verdict_.redactions.push_back({one.part, one.path, one.zone, one.start, one.end});
  }
}

void MessageDecision::settle_drops() {
  if (verdict_.action != Action::kDropRecipient) return;
  const bool all = std::all_of(verdict_.recipients.begin(), verdict_.recipients.end(),
                               [](const model::RecipientVerdict& one) {
                                 return one.action == Action::kDropRecipient;
                               });
  if (all) {
    change(Action::kReject, "no recipient would be left");
  } else if (!verdict_.redactions.empty()) {
    change(Action::kHold, "some recipients are dropped, others need a redacted copy");
  }
}

void MessageDecision::settle_redaction() {
  if (verdict_.action != Action::kRedact) return;
  if (facts_.report.is_signed || facts_.report.encrypted) {
    change(Action::kHold, "a signed or encrypted message must not be altered");
  } else if (verdict_.redactions.empty()) {
    change(Action::kHold, "the rule counted nothing that could be masked");
  }
}

void MessageDecision::add_tag_prefix() {
  for (const RecipientOutcome& outcome : outcomes_) {
    for (const Match& match : outcome.matches) {
      const config::Rule& rule = rules_.rule(match.rule);
      if (rule.then == Action::kTag && !rule.dry_run && verdict_.subject_prefix.empty()) {
        verdict_.subject_prefix = rule.subject_prefix;
      }
    }
  }
}

// What the deciding rule counted, against whom.
Refusal MessageDecision::refusal() const {
  std::set<std::uint32_t> findings;
  Refusal refusal{*deciding_, facts_.report, {}, {}, rules_.languages()};
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    for (const Match& match : outcomes_[i].matches) {
      if (&rules_.rule(match.rule) != deciding_) continue;
      findings.insert(match.findings.begin(), match.findings.end());
      refusal.recipients.push_back(verdict_.recipients[i].recipient);
    }
  }
  refusal.findings.assign(findings.begin(), findings.end());
  return refusal;
}

std::string counted(const Match& match, const model::ScanReport& report) {
  if (match.findings.empty()) return "by what is known of the message";
  return "for " + std::to_string(match.findings.size()) + " finding" +
         (match.findings.size() == 1 ? "" : "s") + ", " + titles(report, match.findings) +
         " (" + masked_values(report, match.findings) + ")";
}

void explain(const RuleSet& rules, const Facts& facts,
             const std::vector<RecipientOutcome>& outcomes, model::Verdict& verdict) {
  for (std::size_t i = 0; i < outcomes.size() && i < kMostRecipientsExplained; ++i) {
    const model::RecipientVerdict& one = verdict.recipients[i];
    std::string line = one.recipient + " is " +
                       (one.party == model::Party::kThird ? "a third party, " : "") +
                       outcomes[i].standing.reason;
    if (const Match* match = strictest(rules, outcomes[i].matches)) {
      line += ": rule '" + one.rule + "' says " + model::name(one.action) + " " +
              counted(*match, facts.report);
    }
    verdict.why.push_back(std::move(line));
  }
  if (outcomes.size() > kMostRecipientsExplained) {
    verdict.why.push_back("and " +
                          std::to_string(outcomes.size() - kMostRecipientsExplained) +
                          " recipients more");
  }
}

// What rules on trial would have done, and how grave what matched is.
void note_trials_and_severity(const RuleSet& rules, const Facts& facts,
                              const std::vector<RecipientOutcome>& outcomes,
                              model::Verdict& verdict) {
  for (const RecipientOutcome& outcome : outcomes) {
    for (const Match& match : outcome.matches) {
      const config::Rule& rule = rules.rule(match.rule);
      if (gravity(rule.severity) > gravity(verdict.severity)) {
        verdict.severity = rule.severity;
      }
      const auto& noted = verdict.dry_run;
      if (!rule.dry_run ||
          std::find(noted.begin(), noted.end(), rule.id) != noted.end()) {
        continue;
      }
      verdict.dry_run.push_back(rule.id);
      verdict.why.push_back("rule '" + rule.id + "' is on trial: it would have said " +
                            model::name(rule.then) + " " + counted(match, facts.report));
    }
  }
  if (!verdict.severity.empty()) {
    verdict.why.push_back("severity: " + verdict.severity);
  }
}

}  // namespace

void decide_recipient(const RuleSet& rules, const RecipientOutcome& outcome,
                      model::RecipientVerdict& verdict) {
  verdict.party = outcome.standing.party;
  for (const Match& match : outcome.matches) {
    verdict.rules.push_back(rules.rule(match.rule).id);
  }
  if (const Match* best = strictest(rules, outcome.matches)) {
    verdict.action = rules.rule(best->rule).then;
    verdict.rule = rules.rule(best->rule).id;
  }
}

void decide_message(const RuleSet& rules, const Facts& facts, bool has_vault,
                    const std::vector<RecipientOutcome>& outcomes,
                    model::Verdict& verdict) {
  explain(rules, facts, outcomes, verdict);
  note_trials_and_severity(rules, facts, outcomes, verdict);
  MessageDecision(rules, facts, has_vault, outcomes, verdict).run();
  if (verdict.monitor && verdict.action != Action::kDeliver) {
    verdict.why.emplace_back("mode: monitor, so the message is delivered unchanged");
  }
}

}  // namespace noshare::policy
