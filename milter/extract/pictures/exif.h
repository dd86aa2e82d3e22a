// Exif: what a camera and its owner wrote into a picture (CIPA DC-008; TIFF 6.0).
//
// In:  a TIFF structure, hostile: that of an Exif block, or a TIFF file's own
// Out: its texts, a line each ("Artist: Jane Roe"), and the place where the picture was
// taken as decimal degrees. What is broken is left out: programs show nothing of it.
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

std::string exif_text(std::string_view tiff);

}  // namespace noshare::extract
