// Policy: see noshare/policy/policy.h. The steps of a decision, in their order.
#include "noshare/policy/policy.h"

#include <utility>
#include <vector>

#include "policy/disclosure.h"
#include "policy/outcome.h"
#include "policy/own_values.h"
#include "policy/parties.h"
#include "policy/rule_set.h"

namespace noshare::policy {

struct Policy::Impl {
  Parties parties;
  OwnValues own;
  RuleSet rules;
  FingerprintKey key;
  bool monitor;
  bool has_vault;
};

Policy::Policy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Policy::Policy(Policy&&) noexcept = default;
Policy& Policy::operator=(Policy&&) noexcept = default;
Policy::~Policy() = default;

Result<Policy> Policy::create(const config::Settings& settings,
                              const FingerprintKey& key) {
  NOSHARE_TRY(Parties parties, Parties::create(settings));
  return Policy(std::make_unique<Impl>(Impl{
      std::move(parties), OwnValues(settings.organisation, key), RuleSet(settings.rules),
      key, settings.mode == config::Mode::kMonitor, !settings.vault.empty()}));
}

model::Direction Policy::direction(const model::Envelope& envelope) const {
  return impl_->parties.direction(envelope).direction;
}

model::Party Policy::party(const std::string& recipient, const std::string& today) const {
  return impl_->parties.standing(recipient, today).party;
}

model::Verdict Policy::decide(const model::Envelope& envelope,
                              const model::ScanReport& report,
                              const std::string& today) const {
  const DirectionOf direction = impl_->parties.direction(envelope);
  model::Verdict verdict;
  verdict.direction = direction.direction;
  verdict.monitor = impl_->monitor;
  verdict.why.push_back(std::string(model::name(direction.direction)) + ": " +
                        direction.reason);

  const bool outbound = direction.direction == model::Direction::kOutbound;
  std::vector<std::uint32_t> everything(report.findings.size());
  for (std::uint32_t i = 0; i < everything.size(); ++i) everything[i] = i;
  const Disclosure disclosure(envelope, report, impl_->own, impl_->key,
                              verdict.allowances);
  if (!outbound) verdict.allowances.clear();
  const Facts facts{envelope, report, direction.direction};
  Evaluation evaluation(impl_->rules, facts);
  std::vector<RecipientOutcome> outcomes;
  for (const std::string& recipient : envelope.recipients) {
    RecipientOutcome outcome{impl_->parties.standing(recipient, today), {}};
    model::RecipientVerdict one;
    one.recipient = recipient;
    const bool is_shared = outcome.standing.party == model::Party::kProcessor ||
                           outcome.standing.party == model::Party::kThird;
    // Nothing is shared within the organisation; what comes in is all news to it.
    if (outbound && is_shared) {
      one.disclosed = disclosure.to(recipient, outcome.standing, verdict.allowances);
      outcome.matches = evaluation.matches(recipient, one.disclosed);
    } else if (!outbound) {
      outcome.matches = evaluation.matches(recipient, everything);
    }
    decide_recipient(impl_->rules, outcome, one);
    verdict.recipients.push_back(std::move(one));
    outcomes.push_back(std::move(outcome));
  }
  decide_message(impl_->rules, facts, impl_->has_vault, outcomes, verdict);
  return verdict;
}

}  // namespace noshare::policy
