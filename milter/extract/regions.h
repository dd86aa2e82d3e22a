// Regions: which stretches of a text are quoted, and which are the author's signature.
//
// In:  a body as people see it     Out: regions in it, and the people whom quoted mail
// names Quoted: lines that begin with '>', and everything under "-----Original
// Message-----" or a block of From/Sent/To lines, in the languages of the large mail
// programs.
#pragma once

#include <string_view>
#include <vector>

#include "noshare/extract/extract.h"

namespace noshare::extract {

// `known_quotes` are quoted stretches that markup told already (blockquotes). The result
// is in ascending order and without overlaps.
std::vector<model::Region> find_regions(std::string_view text,
                                        const std::vector<model::Span>& known_quotes);

// Adds those named in the heads of quoted mail: "On ... NAME <ADDRESS> wrote:", "From:
// ...".
void read_quoted_heads(std::string_view text, const std::vector<model::Region>& regions,
                       std::vector<Participant>& out);

}  // namespace noshare::extract
