// Masking: which bytes of a text become '*'.
//
// In:  a text and a half-open range of it in code points     Out: the same text, masked
// Letters and digits are replaced except the last four, so that the reader still knows
// which number was meant; separators stay. Each replaced character keeps its number of
// bytes where the charset allows it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::extract {

// The byte range of code points [start, end) in `text`.
model::Span bytes_of_code_points(std::string_view text, std::uint32_t start,
                                 std::uint32_t end);

// The characters of text[span) that a mask covers, as byte ranges of one character each.
std::vector<model::Span> masked_characters(std::string_view text, model::Span span);

}  // namespace noshare::extract
