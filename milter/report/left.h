// What left: of incidents on record, the data that went out, and to whom.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "noshare/report/report.h"

namespace noshare::report {

struct Left {
  // Domains of third parties and processors that got the message with findings.
  std::set<std::string> domains;
  std::set<std::uint32_t> findings;  // places in the incident's list
  bool released = false;             // by officers
};

// Empty if nothing left. Errors: those of the hold store.
Result<Left> what_left(store::HoldStore& holds, const model::Incident& incident);

// Each incident of the days, newest first.
Result<void> each_incident(
    const Sources& sources, const Question& question,
    const std::function<Result<void>(const model::Incident&)>& look);

// "Payment card number", or the entity's id in words.
std::string title_of(const model::Incident& incident, const std::string& entity);

}  // namespace noshare::report
