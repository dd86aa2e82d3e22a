// Outcome: from verdicts per recipient to the one fate that a message has.
//
// In:  what the rules say for each recipient     Out: the message's action, its rule,
// reply, redactions, and sentences that explain it
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/model/verdict.h"

#include "policy/parties.h"
#include "policy/rule_set.h"

namespace noshare::policy {

struct RecipientOutcome {
  Standing standing;
  std::vector<Match> matches;  // in the order of the rules
};

// Fills `verdict.recipients[i]`'s action and rules from `matches`: the strictest decides,
// the first of the file among equals.
void decide_recipient(const RuleSet& rules, const RecipientOutcome& outcome,
                      model::RecipientVerdict& verdict);

// Fills everything that concerns the message as a whole. `outcomes` runs along
// `verdict.recipients`. Reject, hold, defer and discard concern all recipients, so one of
// them is enough; drop_recipient concerns only those it names, unless nobody would be
// left: then the message is rejected, because a message that vanishes helps nobody.
void decide_message(const RuleSet& rules, const Facts& facts, bool has_vault,
                    const std::vector<RecipientOutcome>& outcomes,
                    model::Verdict& verdict);

}  // namespace noshare::policy
