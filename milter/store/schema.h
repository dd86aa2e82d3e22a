// The tables of the store, and how an older file becomes a current one.
#pragma once

#include <cstddef>

#include "database.h"

namespace noshare::store {

inline constexpr std::size_t kSchemaVersion = 13;

// Runs the migrations that the file has not seen, each in a transaction of its own.
// Errors: kInvalidInput if the file was written by a newer noshare; nothing is changed
// then.
Result<void> migrate(Connection& connection);

// Errors: kInvalidInput unless the file has exactly the current schema.
Result<void> require_current_schema(Connection& connection);

}  // namespace noshare::store
