// Override: a sender who was refused and says why the message shall go all the same.
//
// In:  the refusals that a message refers to, its tags, what the rules say now
// Out: the same without the matches of rules that allow it and found nothing new
#pragma once

#include <string>
#include <vector>

#include "noshare/model/known.h"
#include "noshare/model/verdict.h"

#include "policy/outcome.h"
#include "policy/rule_set.h"

namespace noshare::policy {

struct OverrideTag {
  std::string case_number;  // as typed
  std::string reason;
};
// "override NS-7K3M9QX2: reason" of ScanReport::tags.
std::vector<OverrideTag> override_tags(const model::ScanReport& report);

// Single-use: bound to the refused message's sender, recipients and values.
void apply_override(const RuleSet& rules, const Facts& facts, const model::Known& known,
                    std::vector<RecipientOutcome>& outcomes, model::Verdict& verdict);

}  // namespace noshare::policy
