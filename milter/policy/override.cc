// Override: see override.h.
#include "policy/override.h"

#include <algorithm>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

namespace noshare::policy {

namespace {

constexpr std::string_view kTag = "override ";

// "ns-7k3m9qx2" and "NS-7K3M9QX2" are one case.
bool same_case(std::string_view typed, std::string_view case_number) {
  return equal_ignoring_case(typed, case_number);
}

bool is_sender(const model::Refused& refused, const model::Envelope& envelope) {
  return !envelope.sender.empty() &&
         normalised_address(refused.sender) == normalised_address(envelope.sender);
}

bool was_recipient(const model::Refused& refused, const std::string& recipient) {
  return std::any_of(refused.recipients.begin(), refused.recipients.end(),
                     [&](const std::string& one) {
                       return normalised_address(one) == normalised_address(recipient);
                     });
}

// Nothing but what was refused: a new value needs a new decision, and a rule that counted
// none (a part that could not be read) says nothing that could be recognised.
bool is_known(const model::Refused& refused, const Match& match,
              const model::ScanReport& report) {
  const auto was_refused = [&](std::uint32_t index) {
    const Fingerprint& value = report.findings[index].fingerprint;
    return std::find(refused.values.begin(), refused.values.end(), value) !=
           refused.values.end();
  };
  return !match.findings.empty() &&
         std::all_of(match.findings.begin(), match.findings.end(), was_refused);
}

}  // namespace

std::vector<OverrideTag> override_tags(const model::ScanReport& report) {
  std::vector<OverrideTag> tags;
  for (const std::string& tag : report.tags) {
    if (tag.substr(0, kTag.size()) != kTag) continue;
    const std::string_view rest = std::string_view(tag).substr(kTag.size());
    const std::size_t end = std::min(rest.find_first_of(" :"), rest.size());
    std::string_view reason = rest.substr(end);
    while (!reason.empty() && (reason.front() == ' ' || reason.front() == ':')) {
      reason.remove_prefix(1);
    }
    tags.push_back({std::string(rest.substr(0, end)), std::string(reason)});
  }
  return tags;
}

void apply_override(const RuleSet& rules, const Facts& facts, const model::Known& known,
                    std::vector<RecipientOutcome>& outcomes, model::Verdict& verdict) {
  for (const OverrideTag& tag : override_tags(facts.report)) {
    const auto refused = std::find_if(
        known.refused.begin(), known.refused.end(), [&](const model::Refused& one) {
          return same_case(tag.case_number, one.case_number);
        });
    if (refused == known.refused.end() || !is_sender(*refused, facts.envelope)) continue;
    if (tag.reason.empty() || refused->used) {
      verdict.why.push_back("the refusal " + refused->case_number +
                            (refused->used ? " was overruled once already"
                                           : " cannot be overruled without a reason"));
      continue;
    }
    bool applied = false;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (!was_recipient(*refused, facts.envelope.recipients[i])) continue;
      const auto gone = std::erase_if(outcomes[i].matches, [&](const Match& match) {
        return rules.rule(match.rule).sender_may_override &&
               is_known(*refused, match, facts.report);
      });
      applied = applied || gone > 0;
    }
    if (!applied) continue;
    verdict.override_case = refused->case_number;
    verdict.override_reason = tag.reason;
    verdict.why.push_back("the sender has overruled the refusal " + refused->case_number +
                          ": " + tag.reason);
    return;
  }
}

}  // namespace noshare::policy
