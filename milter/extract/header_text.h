// Header text: a field's raw value as people see it (RFC 5322 unfolding, RFC 2047 words).
//
// In:  the raw value, any bytes     Out: UTF-8 with the map back to the raw value
// Encoded words are read wherever they stand, as mail programs do, also inside quotes and
// next to other text. What cannot be decoded stays as it is written.
#pragma once

#include <string>
#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// `phrase`: also drop the quotes and backslashes of quoted strings (display names).
MappedText decode_header_text(std::string_view raw, bool phrase = false);

// The value as a header may carry it: ASCII as it stands, anything else as encoded words.
std::string encode_header_text(std::string_view text);

}  // namespace noshare::extract
