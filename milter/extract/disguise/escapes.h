// Escapes: characters that are written by their numbers in the middle of a text.
//
// In:  UTF-8 text     Out: the lines that hold such characters, with them in place;
// mapped HTML and XML references (&#52;), \x34, \u0034, \u{34}, octal \064, %34, %u0034,
// =34 with soft line ends, U+0034, and bare lists of codes in hexadecimal, decimal, octal
// or binary. Empty for a text that has none. Linear in the text's size.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText without_escapes(std::string_view text, bool mapped);

}  // namespace noshare::extract
