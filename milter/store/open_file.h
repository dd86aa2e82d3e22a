// The store's database, opened the one way that all its tables need.
#pragma once

#include <filesystem>

#include "database.h"

namespace noshare::store {

// `place` is a file, or "postgresql:" and what libpq connects by
// (config::StoreSettings::place). Brings the schema up to date, unless `read_only`;
// creates the file. What is committed is on disk: WAL and `synchronous=FULL` for SQLite;
// for PostgreSQL, what the server is set to.
Result<Connection> open_file(const std::filesystem::path& place, bool read_only);

}  // namespace noshare::store
