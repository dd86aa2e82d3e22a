// A finding's place: a span of a segment, told as reports tell it.
#pragma once

#include "noshare/detect/detector.h"

namespace noshare::scan {

// A finding that says where it stands and nothing else yet. `index` is the segment's.
detect::Detected placed_finding(const model::Segment& segment, std::uint32_t index,
                                const model::Span& span);

}  // namespace noshare::scan
