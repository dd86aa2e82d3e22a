// Files that a converter reads: PDF, old Office documents, pictures.
//
// In:  the file's bytes     Out: what its converter found, through the collector's bounds
// Without a converter: Unreadable{unsupported}. See noshare/extract/converter.h.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

// FormatReaders.
void read_old_office(std::string_view bytes, const FilePlace& place, Collector& out);
void read_pdf(std::string_view bytes, const FilePlace& place, Collector& out);

// What a picture shows, as text where that is switched on; else Unreadable{media}.
void read_shown(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
