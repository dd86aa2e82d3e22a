// Encoded lines that no mark leads: uuencoded ones without "begin", base45 (RFC 9285).
//
// In:  a text, hostile     Out: the bytes of each stretch of such lines
// A uuencoded line says how long it is; base45 knows no small letters. Prose is neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::vector<std::string> bytes_of_encoded_lines(std::string_view text);

}  // namespace noshare::extract
