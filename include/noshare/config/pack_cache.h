// Packs as they were read last, kept in one file: reading YAML takes most of a start.
//
// In:  folders of packs, and the folder that keeps compiled databases
// Out: what load_packs() gives
// All files are still read, and compared by a digest with those that were parsed; a file
// that is missing, torn or of another version is no error: the packs are parsed, and it
// is written again. The folder must be writable by the program alone.
#pragma once

#include "noshare/config/pack.h"

namespace noshare::config {

// Without a cache folder nothing is kept. Errors: those of load_packs().
Result<PackSet> load_packs_cached(const std::vector<std::filesystem::path>& folders,
                                  const std::filesystem::path& cache);

}  // namespace noshare::config
