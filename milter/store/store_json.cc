#include "noshare/store/store_json.h"

#include "noshare/base/clock.h"

namespace noshare::store {

Json to_json(const Hold& hold) {
  Json decisions = Json::array();
  for (const HoldDecision& one : hold.decisions) {
    decisions.push_back({{"time", rfc3339_utc(one.time_us)},
                         {"officer", one.officer},
                         {"decision", one.decision},
                         {"reason", one.reason}});
  }
  return {{"case", hold.case_number},
          {"state", name(hold.state)},
          {"held", rfc3339_utc(hold.held_us)},
          {"changed", rfc3339_utc(hold.changed_us)},
          {"decisions", decisions}};
}

Json to_json(const AuditEntry& entry) {
  return {{"number", entry.number}, {"time", rfc3339_utc(entry.time_us)},
          {"actor", entry.actor},   {"act", entry.act},
          {"object", entry.object}, {"detail", entry.detail}};
}

Json to_json(const model::Exclusion& one) {
  return {{"entity", one.entity},
          {"any_value", one.value.is_null()},
          {"sender", one.sender},
          {"recipient_domain", one.recipient_domain}};
}

Json to_json(const store::ExclusionRecord& one) {
  Json json = to_json(one.exclusion);
  json["id"] = one.exclusion.id;
  json["case"] = one.case_number;
  json["masked"] = one.masked;
  json["state"] = name(one.state);
  json["proposed_by"] = one.proposed_by;
  json["proposed"] = rfc3339_utc(one.proposed_us);
  json["reason"] = one.reason;
  if (!one.decided_by.empty()) {
    json["decided_by"] = one.decided_by;
    json["decided"] = rfc3339_utc(one.decided_us);
    json["decision_reason"] = one.decision_reason;
  }
  return json;
}

}  // namespace noshare::store
