// What can be told of a zip file without unpacking it: its kind, and whether it is
// encrypted.
//
// In:  a file that starts with a zip signature (PKWARE APPNOTE 6.3.10)
// Out: a media type by the first members' names, and the encryption flag of any member
#pragma once

#include <string_view>

namespace noshare::extract {

struct ZipSummary {
  std::string_view type = "application/zip";
  bool encrypted = false;
};

ZipSummary summarise_zip(std::string_view bytes);

}  // namespace noshare::extract
