// Signal view: numbers in Morse code and in Braille.
//
// In:  UTF-8 text, folded     Out: the text's numbers in digits, one a line
// (view_lines.h) ITU-R M.1677-1; Unicode, block Braille Patterns.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText signal_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
