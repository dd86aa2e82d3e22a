// Code lists: text written as a list of its characters' numbers.
//
// In:  UTF-8 text     Out: what lists stand for, one a line, in every base that fits;
// mapped "34 31 31 31", "0x34, 0x31", "52 49", "064 061", "00110100", and hexadecimal
// dumps with their offsets. Only lists that give clean text with digits or an address in
// it; empty for a text that has none. Linear in the text's size.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText listed_codes(std::string_view text, bool mapped);

}  // namespace noshare::extract
