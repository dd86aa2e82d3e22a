// The cache of compiled databases: one file per set of packs, program version and
// processor.
//
// A file that is missing, torn, foreign or of another version is no error: the database
// is compiled again and the file replaced. The folder must be writable by the program
// alone: what is in it is trusted beyond accidents.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "detect/plan.h"

namespace noshare::detect {

class DatabaseCache {
 public:
  // Without a folder nothing is kept.
  DatabaseCache(const std::filesystem::path& folder, const Plan& plan);

  bool load(Plan& plan) const;
  // Failing to write is no reason to stop: the next start compiles again.
  void store(const Plan& plan) const;

  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
  std::uint64_t key_ = 0;
};

}  // namespace noshare::detect
