// The tables in PostgreSQL. They came later than SQLite's list of migrations and begin
// with what that had led to by then.
#pragma once

#include <cstdint>

#include "database.h"

namespace noshare::store {

// From nothing to the first version that PostgreSQL had, or from one version to the next.
// The caller holds the transaction. Gives the version that is reached.
Result<std::int64_t> migrate_postgres(Connection& connection, std::int64_t version);

// Incidents and their index lie in a partition per month (UTC), so that an old month goes
// at once. Makes the one of this time if it is not there; nothing with SQLite.
Result<void> require_month(Connection& connection, std::int64_t time_us);

}  // namespace noshare::store
