// Pictures: the texts that stand beside what they show.
//
// In:  the bytes of a picture of any format, hostile     Out: Exif with the place where
// it was taken, XMP, comments, text chunks; what it shows stays Unreadable{media} Exif
// and XMP blocks are looked for wherever they stand, as no format keeps others out.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

// A FormatReader.
void read_picture(std::string_view bytes, const FilePlace& place, Collector& out);

// The texts alone, a line each.
std::string picture_text(std::string_view bytes);

}  // namespace noshare::extract
