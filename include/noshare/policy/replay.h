// Replay: a verdict made again from the record of its incident, and what another
// knowledge would have made of it.
//
// In:  an Incident with its facts, a Policy     Out: the verdict; whether two are the
// same Pure: the day and hour are those of the incident, what was known is what it
// recorded.
#pragma once

#include <vector>

#include "noshare/model/incident.h"
#include "noshare/policy/policy.h"

namespace noshare::policy {

// False for incidents of an earlier noshare, which recorded less.
bool can_replay(const model::Incident& incident);

model::Verdict replay(const Policy& policy, const model::Incident& incident);
// As if this exclusion had been in force, too.
model::Verdict replay_with(const Policy& policy, model::Incident incident,
                           const model::Exclusion& exclusion);

// The same fate for the message and for each recipient, by the same rules.
bool same_fate(const model::Verdict& one, const model::Verdict& other);

// How far an exclusion may reach, narrowest first.
enum class Reach {
  kHere,        // this value from this sender to this recipient's domain
  kSender,      // this value from this sender
  kEverywhere,  // this value
  kKind,        // any value of this entity, from this sender to this domain
};
inline constexpr Reach kReaches[] = {Reach::kHere, Reach::kSender, Reach::kEverywhere,
                                     Reach::kKind};
const char* name(Reach reach) noexcept;  // "here"

// Exclusions that would keep a finding of this incident from counting. One with a domain
// is about the first recipient to whom the finding counts. Empty if it counts for nobody.
std::vector<std::pair<Reach, model::Exclusion>> exclusions_for(
    const model::Incident& incident, std::uint32_t finding);

}  // namespace noshare::policy
