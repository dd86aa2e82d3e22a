// Encoded groups: runs of encoded signs that do not stand in one piece of letters and
// digits.
//
// In:  UTF-8 text, hostile     Out: runs that may be encoded, joined; views into the text
// Ordinary text is passed a stretch at a time: words differ in length, and end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

// "bXkg Y2Fy ZCBu", "bXkg-Y2Fy-ZCBu", one group a line: groups of one length, parted by
// one sign, joined.
std::vector<std::string> runs_in_groups(std::string_view text);

// Signs of all kinds without white space between, longer than words are; lines of one
// length are joined. Those of letters and digits alone are none.
std::vector<std::string> dense_runs(std::string_view text);

}  // namespace noshare::extract
