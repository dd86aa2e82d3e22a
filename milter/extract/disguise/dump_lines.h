// Dump lines: what `od` and `xxd` print of a file, turned back into its bytes.
//
// In:  UTF-8 text, hostile     Out: the bytes of each dump that begins with the offset 0
// Forms that code_lists does not read: words of two bytes in octal digits and of four in
// hexadecimal ones, lower byte first; bytes in binary digits; characters (od -c).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::vector<std::string> bytes_of_dumps(std::string_view text);

}  // namespace noshare::extract
