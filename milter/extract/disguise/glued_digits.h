// Glued digits: numbers inside words of letters and digits.
//
// In:  a word of a text     Out: a line for each number that it holds, by what a word
// nearby says that it is
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/disguise/digit_lines.h"

namespace noshare::extract {

// "Card4111111111111111x", "4111x1111x1111x1111". The word is text[begin, end).
void read_glued_digits(std::string_view text, std::size_t begin, std::size_t end,
                       DigitLines& out);

}  // namespace noshare::extract
