// The store's SQLite file, opened the one way that all its tables need.
#pragma once

#include <filesystem>

#include "sqlite.h"

namespace noshare::store {

// Creates the file and brings its schema up to date, unless `read_only`. WAL, and
// `synchronous=FULL`: what is committed is on disk.
Result<Connection> open_file(const std::filesystem::path& file, bool read_only);

}  // namespace noshare::store
