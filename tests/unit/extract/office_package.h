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

}  // namespace noshare::extract
