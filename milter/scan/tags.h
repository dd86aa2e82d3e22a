// Tags: what a sender says to the filter, in the subject, a header field or an answer.
//
// In:  the text of a field, or all texts of a message     Out: "ND-7K3M9QX2-0123456789ab"
// (a lawful disclosure), "override NS-7K3M9QX2 reason" and "answer NS-7K3M9QX2-KEY:
// reason" (refusals that shall not stand), added to `tags`
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::scan {

void add_tags(std::string_view text, std::vector<std::string>& tags);

// The key that a refusal named, wherever an answer repeats it, and the words that its
// author added to what is quoted.
void add_answer(std::span<const model::Segment> segments, std::vector<std::string>& tags);

}  // namespace noshare::scan
