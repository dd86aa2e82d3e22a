// Formulas of spreadsheets that put a text together, worked out.
//
// In:  a formula as a file stores it, without "=" (ECMA-376 part 1, section 18.17;
// OpenFormula, ISO/IEC 26300-2)     Out: the text that its cell shows; "" where it takes
// other cells or does anything else than put literals together
// Literals, "&", and the functions CONCATENATE, CONCAT, TEXTJOIN, REPT, CHAR, UNICHAR,
// TEXT, LEFT, RIGHT, MID, SUBSTITUTE, UPPER, LOWER, TRIM, VALUE, T. Bounded: depth,
// bytes.
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

std::string formula_text(std::string_view formula);

}  // namespace noshare::extract
