// PNG files (RFC 2083) of grey pictures: how a page travels to the converter of pictures.
//
// In:  rows of pixels, a byte each     Out: the file; "" if it cannot be packed
#pragma once

#include <cstddef>
#include <string>

namespace noshare::convert {

std::string png_of(const char* pixels, int width, int height, std::size_t row_bytes);

}  // namespace noshare::convert
