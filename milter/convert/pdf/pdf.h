// PDF files as text (ISO 32000-1), through poppler.
//
// In:  the bytes of a PDF file, hostile     Out: the text of each page, comments, form
// fields, links, bookmarks, properties, files inside it; and what could not be read: a
// password, pages that show only pictures, texts without a character map.
// Runs in a converter's child only: poppler's faults are not ours to catch.
#pragma once

#include <string_view>

#include "convert/output.h"

namespace noshare::convert {

void warm_up_pdf();
void convert_pdf(std::string_view file, Output& out);

}  // namespace noshare::convert
