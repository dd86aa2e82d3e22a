// RAR 5 archives: which members are encrypted, as libarchive does not tell.
//
// In:  a RAR file, hostile     Out: names of members; none if it is of another version or
// broken. Format: RAR 5.0 archive format, RARLAB.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace noshare::extract {

std::set<std::string, std::less<>> encrypted_in_rar5(std::string_view bytes);

}  // namespace noshare::extract
