// Strings as PDF writes them (ISO 32000-1, 7.3.4).
//
// In:  bytes of a file or a stream, hostile     Out: a string's bytes, and where it ends
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noshare::convert {

// "(...)": parentheses in it are balanced or escaped. `at` is behind the first one.
std::size_t read_literal(std::string_view bytes, std::size_t at, std::string& string);

// "<...>", in hexadecimal. Where another sign stands in it, it is none, and ends there.
std::size_t read_hexadecimal(std::string_view bytes, std::size_t at, std::string& string);

// What a stream holds that is written in ASCII85 (7.4.3); what is none of it ends it.
std::string from_ascii85(std::string_view text);

}  // namespace noshare::convert
