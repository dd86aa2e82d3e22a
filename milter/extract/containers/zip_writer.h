// Zip files written anew: members one behind the other and their directory.
//
// In:  names and contents, or members of another zip file as they are packed
// Out: bytes of a zip file (PKWARE APPNOTE 6.3.10, without zip64)
#pragma once

#include <string>
#include <string_view>

#include "extract/containers/zip_members.h"

namespace noshare::extract {

class ZipWriter {
 public:
  // A member of another file, as it is packed there; false if it is broken or packed in a
  // way that is not known here.
  bool copy(const ZipMember& member, std::size_t most_bytes);
  // A member with new content, deflated; false if that failed.
  bool add(std::string_view name, std::string_view content);
  // The whole file, or "" if it is too large for its format. The writer is empty
  // afterwards.
  std::string finish();

 private:
  void write(std::string_view name, ZipMethod method, std::string_view packed,
             std::string_view content);

  std::string file_;
  std::string directory_;
  std::size_t members_ = 0;
};

}  // namespace noshare::extract
