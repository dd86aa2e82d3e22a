// What the store keeps, as JSON: the same from the terminal and from the review server.
#pragma once

#include "noshare/base/json.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/exclusion_store.h"
#include "noshare/store/hold_store.h"

namespace noshare::store {

// {"case", "state", "held", "changed", "decisions": [{"time", "officer", ...}]}.
Json to_json(const Hold& hold);
Json to_json(const AuditEntry& entry);
Json to_json(const model::Exclusion& exclusion);
Json to_json(const ExclusionRecord& record);

}  // namespace noshare::store
