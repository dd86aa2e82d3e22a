// The files of packs, read and not yet parsed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "noshare/config/pack.h"

namespace noshare::config {

struct PackFiles {
  struct File {
    std::filesystem::path path;
    std::string text;
  };
  std::vector<File> files;  // a folder's in name order
  std::string version;      // PackSet::version
};

// Every *.yaml below the folders. Errors: kNotFound, kIo.
Result<PackFiles> read_pack_files(const std::vector<std::filesystem::path>& folders);
// Errors: kInvalidInput with file and line.
Result<PackSet> parse_pack_files(const PackFiles& read);

}  // namespace noshare::config
