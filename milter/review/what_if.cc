#include "review/what_if.h"

namespace noshare::review {

Result<policy::Policy> current_policy(const Desk& desk) {
  NOSHARE_TRY(const config::Settings now, config::load_settings(desk.settings.file));
  return policy::Policy::create(now, desk.key);
}

Result<WhatIf> what_if(Desk& desk, const policy::Policy& policy,
                       const model::Exclusion& exclusion, const std::string& noticed_in) {
  store::IncidentFilter filter;
  filter.most = kMostReplayed + 1;
  filter.value = exclusion.value;
  filter.sender = exclusion.sender;
  if (exclusion.value.is_null()) filter.entity = exclusion.entity;
  NOSHARE_TRY(auto incidents, desk.incidents.list(filter));
  WhatIf answer;
  if (incidents.size() > kMostReplayed) {
    answer.complete = false;
    incidents.pop_back();
  }
  for (model::Incident& one : incidents) {
    if (one.case_number == noticed_in || !policy::can_replay(one)) continue;
    ++answer.replayed;
    const model::Verdict now = policy::replay(policy, one);
    const model::Verdict then = policy::replay_with(policy, one, exclusion);
    if (policy::same_fate(now, then)) continue;
    answer.changed.push_back({std::move(one), now.action, then.action});
  }
  return answer;
}

}  // namespace noshare::review
