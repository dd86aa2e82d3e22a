// Parameters of Content-Type and Content-Disposition (RFC 2045 section 5.1, RFC 2183, RFC
// 2231).
//
// In:  a raw header value     Out: the main value and its parameters, decoded to UTF-8
// Liberal: missing quotes, stray semicolons, RFC 2047 words and raw 8-bit in values are
// read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

struct Parameter {
  std::string name;  // lower case, without RFC 2231 marks
  std::string value;
};

struct ParameterList {
  std::string main;                   // lower case: "text/plain", "attachment"
  std::vector<Parameter> parameters;  // in order; a name may come twice

  // The first value of that name, or "".
  std::string_view get(std::string_view name) const;
};

ParameterList parse_parameters(std::string_view raw);

// "%34" is "4"; what is no such escape stays.
std::string percent_decoded(std::string_view text);

// Every different reading of a file name that the two headers allow, best first.
std::vector<std::string> file_names(const ParameterList& type,
                                    const ParameterList& disposition);

}  // namespace noshare::extract
