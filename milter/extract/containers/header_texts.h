// Texts in the headers of archives, beside the names and the content of members.
//
// In:  a file, hostile     Out: what a gzip header says (RFC 1952 section 2.3); records
// of the pax headers of a tar file (POSIX pax, blocks of type x and g) but for times,
// sizes and names, which are told elsewhere
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

struct GzipHeader {
  std::string_view extra;
  std::string_view name;
  std::string_view comment;
};
GzipHeader gzip_header(std::string_view bytes);

std::string gzip_texts(std::string_view bytes);
std::string pax_texts(std::string_view bytes);

}  // namespace noshare::extract
