// Mail text: what is not ASCII, as mail carries it.
//
// In:  UTF-8     Out: ASCII. Ill-formed UTF-8 becomes U+FFFD first.
#pragma once

#include <string>
#include <string_view>

namespace noshare {

// A header's value as encoded words (RFC 2047 section 2: at most 75 characters each).
std::string encoded_words(std::string_view text);

// A text body as quoted-printable (RFC 2045 section 6.7), with CRLF lines of at most 76
// characters. Line ends in `text` may be LF or CRLF.
std::string quoted_printable(std::string_view text);

}  // namespace noshare
