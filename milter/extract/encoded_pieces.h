// Encoded runs in pieces of one length, with the same signs between them: strings of a
// program ("abcd" + "efgh"), a list, escaped line ends, lines that are numbered.
//
// In:  a text, hostile     Out: the runs, joined, padding left out
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::vector<std::string> runs_in_pieces(std::string_view text);

}  // namespace noshare::extract
