// Multipart bodies: cut at their boundary lines (RFC 2046 section 5.1).
//
// In:  the body of a multipart and its boundary, any bytes
// Out: views of the parts, and of the text before, between and after them
// Linear in the body's size. Every byte is in one of the views or in a boundary line.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace noshare::extract {

struct MultipartCut {
  std::vector<std::string_view> parts;
  std::vector<std::string_view>
      outside;            // preamble, epilogue: not shown by most programs
  std::string_view rest;  // what followed the last part that `most_parts` allowed
  bool found = false;     // there was a boundary line
  bool closed = false;    // there was a final one
};

MultipartCut cut_multipart(std::string_view body, std::string_view boundary,
                           std::size_t most_parts);

// A line that seems to be the boundary of a body whose header names none, or a wrong one:
// "--" and a token, with a Content- field on the next line. Empty if there is none.
std::string_view guess_boundary(std::string_view body);

}  // namespace noshare::extract
