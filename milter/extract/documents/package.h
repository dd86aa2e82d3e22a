// Office documents that are zip packages of XML: OOXML and OpenDocument.
//
// In:  bytes of the package     Out: segments of its text, cells, properties and links;
// files embedded in it are read as what they are; Unreadable{encrypted, corrupt,
// too_large} ECMA-376 (OOXML, all variants: macros, templates, strict), ISO/IEC 26300
// (OpenDocument). Everything a package holds is read, whether a program would show it or
// not: hidden sheets, comments, notes, deleted text, properties.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

// True for types as sniff() names them.
inline bool is_ooxml(std::string_view type) {
  return type.starts_with("application/vnd.openxmlformats-officedocument");
}

inline bool is_opendocument(std::string_view type) {
  return type.starts_with("application/vnd.oasis.opendocument");
}

void read_ooxml(std::string_view bytes, const FilePlace& place, Collector& out);
void read_opendocument(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
