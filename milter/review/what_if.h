// WhatIf: what else an exclusion would let pass, by replay over what is on record.
//
// In:  an exclusion, the policy of now     Out: the incidents whose fate it would change
// Incidents are looked at newest first, as far as they show the value (or, for a whole
// entity, come from the sender), at most kMostReplayed; the one where it was noticed is
// left out.
#pragma once

#include <string>
#include <vector>

#include "noshare/policy/replay.h"

#include "review/api.h"

namespace noshare::review {

constexpr std::uint32_t kMostReplayed = 1000;

struct Changed {
  model::Incident incident;
  model::Action now = model::Action::kDeliver;  // without the exclusion
  model::Action then = model::Action::kDeliver;
};

struct WhatIf {
  std::uint32_t replayed = 0;
  bool complete = true;          // false: there are more than kMostReplayed
  std::vector<Changed> changed;  // newest first
};

// Rules and lists as the configuration's file has them now.
Result<policy::Policy> current_policy(const Desk& desk);

Result<WhatIf> what_if(Desk& desk, const policy::Policy& policy,
                       const model::Exclusion& exclusion, const std::string& noticed_in);

}  // namespace noshare::review
