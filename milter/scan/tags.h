// Tags: what a sender says to the filter in the subject or a header field.
//
// In:  the text of a field     Out: "ND-7K3M9QX2-0123456789ab" (a lawful disclosure) and
// "override NS-7K3M9QX2 reason" (a refusal that shall not stand), added to `tags`
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::scan {

void add_tags(std::string_view text, std::vector<std::string>& tags);

}  // namespace noshare::scan
