// Whole files: read, and written so that a crash leaves either the old or the new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare {

// Errors: kNotFound, kIo, kLimit when the file is larger than `most` bytes.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::uint64_t most = 1ULL << 30);

// Temporary file beside it, fsync, rename, fsync of the folder.
Result<void> write_file_atomically(const std::filesystem::path& path,
                                   std::string_view bytes, unsigned mode = 0644);

}  // namespace noshare
