// Repeated documents as findings.
//
// In:  segments, matches     Out: findings of the entity known_document, added to those
// of detect; their confidence is the similarity
#pragma once

#include <span>
#include <vector>

#include "noshare/detect/detector.h"
#include "noshare/forms/forms.h"

namespace noshare::scan {

model::EntityInfo form_info();

void add_form_findings(std::span<const model::Segment> segments,
                       const std::vector<forms::FormMatch>& matches,
                       const FingerprintKey& key,
                       std::vector<detect::Detected>& detected);

}  // namespace noshare::scan
