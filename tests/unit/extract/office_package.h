// Office files for tests, put together from their parts.
//
// In:  parts by their names     Out: the bytes of a package
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "zip_builder.h"

namespace noshare::extract {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string package(const Parts& parts) {
  ZipBuilder zip;
  for (const auto& [name, data] : parts) zip.member({name, data});
  zip.end();
  return zip.bytes();
}

// Of a Word document, which holds `body`.
inline std::string word(const std::string& body) {
  return "<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>" + body +
         "</w:body></w:document>";
}

}  // namespace noshare::extract
