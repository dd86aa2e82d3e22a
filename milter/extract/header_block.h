// Header block: the fields above a message's or a part's first empty line (RFC 5322
// section 2.2).
//
// In:  any bytes     Out: fields as views into them, and where the body begins
// Nothing is lost: a line that is no field is kept as a stray, so that it is scanned as
// well. Line ends may be CRLF or LF, or bare CR in text that has no LF at all.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace noshare::extract {

struct HeaderField {
  std::string_view name;   // without the colon and white space before it
  std::string_view value;  // raw: folded as in the message, without the last line's end
};

struct HeaderBlock {
  std::vector<HeaderField> fields;
  std::vector<std::string_view> strays;  // lines among the fields that are none
  std::size_t body_begin = 0;

  // The first field of that name (ASCII case ignored), or null.
  const HeaderField* find(std::string_view name) const;
  // The values of all fields of that name.
  std::vector<std::string_view> all(std::string_view name) const;
};

HeaderBlock read_header_block(std::string_view bytes);

// True if the text begins like a mail: several fields, one of which every mail has.
bool looks_like_message(std::string_view bytes);

// A line of `bytes` from `at` on: its text without the line end, and where the next
// begins.
struct Line {
  std::string_view text;
  std::size_t next;
};
Line line_at(std::string_view bytes, std::size_t at);

}  // namespace noshare::extract
