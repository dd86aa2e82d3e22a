// The scan report as JSON, the form that people and scripts read (DESIGN section 7).
#pragma once

#include <string>

#include "noshare/base/json.h"
#include "noshare/model/incident.h"

namespace noshare::model {

// `disclosed_to` lists the recipients whose verdict counts this finding; null without
// verdict.
Json to_json(const Finding& finding);
Json to_json(const Unreadable& unreadable);
Json to_json(const Verdict& verdict);
// {"file","bytes","encrypted","verdict","findings","unreadable","ms"}; verdict may be
// null.
Json scan_report_json(const std::string& file, const ScanReport& report,
                      const Verdict* verdict);
Json to_json(const Incident& incident);
// Adds the "umbrellas" of a finding of the report to its JSON, if there are any.
void add_umbrellas(const ScanReport& report, const Finding& finding, Json& json);

}  // namespace noshare::model
