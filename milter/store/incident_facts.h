// What a verdict rested on beyond the columns of an incident, as JSON in one of them: who
// takes part, what the entities are, what was known of the people. With it the verdict
// can be made again. Fingerprints and the organisation's own words only.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/result.h"
#include "noshare/model/incident.h"

namespace noshare::store {

std::string facts_text(const model::Incident& incident);

// Adds them to an incident that was read from its rows; nothing if `text` is empty, as
// for incidents of an earlier noshare. Errors: kCorrupt.
Result<void> read_facts(std::string_view text, model::Incident& incident);

}  // namespace noshare::store
