// Matches with the organisation's customers as findings.
//
// In:  segments, matches, fingerprints of those who take part in the thread
// Out: findings of the entity customer_record, added to those of detect; and the subject
// of every finding that is one of the matched values
#pragma once

#include <span>
#include <vector>

#include "noshare/customers/index.h"
#include "noshare/detect/detector.h"

namespace noshare::scan {

model::EntityInfo customer_info();

void add_customer_findings(std::span<const model::Segment> segments,
                           std::vector<customers::Match> matches,
                           const std::vector<Fingerprint>& participants,
                           std::vector<detect::Detected>& detected);

}  // namespace noshare::scan
