// Compressed RTF, as Outlook keeps the text of messages ([MS-OXRTFCP]).
//
// In:  the property's bytes, hostile     Out: RTF; empty if it is none
// One byte gives at most nine, so the result is bounded by the input.
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

std::string decompress_rtf(std::string_view bytes);

}  // namespace noshare::extract
