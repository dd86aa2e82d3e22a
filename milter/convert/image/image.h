// What a picture shows, as text: letters by tesseract, QR and bar codes by zbar.
//
// In:  the bytes of a picture (PNG, JPEG, TIFF, GIF, BMP, WebP, PNM), hostile
// Out: texts of zone ocr; what could not be read
// Runs in a converter's child only: faults of these libraries are not ours to catch.
#pragma once

#include <string_view>

#include "convert/output.h"

namespace noshare::convert {

void warm_up_image();
void convert_image(std::string_view file, Output& out);

}  // namespace noshare::convert
