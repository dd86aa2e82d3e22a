// Texts written in signs that nobody sees: each bit a zero-width space or joiner.
//
// In:  a text, hostile     Out: what its invisible signs say, where that is a text with a
// number in it
// Two signs are bits of 7, 8 or 16; of three, one parts the characters; four are two bits
// each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::vector<std::string> texts_in_invisible_signs(std::string_view text);

}  // namespace noshare::extract
