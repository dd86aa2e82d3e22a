// place_in_text: where findings of a plain text's readings stand in the text itself.
//
// In:  a text, its segments with maps to it, findings     Out: the findings' start and
// end A number in words or in spaced digits is found in a reading of the text; whoever
// gave the text wants to know which of its characters that was.
#pragma once

#include <string_view>
#include <vector>

#include "noshare/detect/detector.h"
#include "noshare/model/segment.h"

namespace noshare::scan {

// `text` UTF-8. Findings of segments that are the text itself stay as they are.
void place_in_text(std::string_view text, const std::vector<model::Segment>& segments,
                   std::vector<detect::Detected>& detected);

}  // namespace noshare::scan
