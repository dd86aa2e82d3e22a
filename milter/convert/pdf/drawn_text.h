// The text that a stream of drawing shows by its codes, whatever its fonts say of them.
//
// In:  a content stream (ISO 32000-1, 7.8.2), hostile     Out: lines; "" if they are no
// words
// What a font maps elsewhere, what lies off the page or below a pattern is in it; what is
// white or drawn invisibly is not. Codes that are no ASCII give nothing.
#pragma once

#include <string>
#include <string_view>

namespace noshare::convert {

std::string drawn_text(std::string_view content);

}  // namespace noshare::convert
