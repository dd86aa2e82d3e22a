// The removal of old incidents, a few at a time.
#pragma once

#include "noshare/store/incident_store.h"

#include "database.h"

namespace noshare::store {

// Adds what it removed to `purged`. Gives how many: 0 when nothing is left to remove. The
// caller holds the transaction.
Result<std::int64_t> purge_some(Connection& connection, std::int64_t before_us,
                                Purged& purged);
// Removes all rows of one incident, read with its row's id. The caller holds the
// transaction.
Result<void> remove_incident(Connection& connection, std::int64_t id,
                             const model::Incident& incident);

}  // namespace noshare::store
