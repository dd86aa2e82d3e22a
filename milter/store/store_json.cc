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

}  // namespace noshare::store
