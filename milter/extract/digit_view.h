// Digit view: numbers as a person reads them, where their digits are written in disguise.
//
// In:  UTF-8 text     Out: a second reading of the places that look disguised, one a line
// with the words before it; empty for ordinary text. Disguises: digits spelled one by one
// ("4 1 1 1", "4.1.1.1"), groups of a card or identity number parted by line ends, quote
// marks, table cells or signs, letters that look like digits (O, l, I), number words
// ("four one one"), and right-to-left overrides. Linear in the text's size.
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

// `text` is folded.
std::string digit_view(std::string_view text);

// `source` is not: folding takes the overrides out.
std::string override_view(std::string_view source);

}  // namespace noshare::extract
