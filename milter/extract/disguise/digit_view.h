// Digit view: numbers as a person reads them, where their digits are written in disguise.
//
// In:  UTF-8 text     Out: a second reading of the places that look disguised, one a line
// with the words before it; empty for ordinary text. Disguises: digits spelled one by one
// ("4 1 1 1", "4.1.1.1"), groups of a card or identity number parted by line ends, quote
// marks, table cells, signs or words ("dash"), letters and signs that stand for digits,
// number words of many languages, and, where a word nearby says what the number is, any
// other grouping and the reverse order. Linear in the text's size.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// `text` is folded. The map leads to it.
MappedText digit_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
