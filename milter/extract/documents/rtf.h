// RTF: text, cells and properties out of a rich text document.
//
// In:  bytes of an RTF file (Rich Text Format Specification 1.9.1), hostile
// Out: its text, hidden text included; what its destinations of metadata hold
// Fonts, colours, styles and pictures are left out. Broken nesting ends nothing: what can
// be read is read. Embedded objects (\objdata) are not read: Unreadable.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

void read_rtf(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
