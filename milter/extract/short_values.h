// Short values: numbers in base64, each too short to be told from a word by its length.
//
// In:  UTF-8 text     Out: lines that hold some, with what they stand for in their place
// "NTM2LTIyLTg3MjY=": what ends in padding, or stands on a line that speaks of base64,
// and decodes to nothing but digits, capitals and what parts them.
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

std::string lines_with_short_values(std::string_view text);

}  // namespace noshare::extract
