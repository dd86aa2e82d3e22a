// IncidentFilter to SQL.
#pragma once

#include "noshare/store/incident_store.h"

#include "database.h"

namespace noshare::store {

// A prepared SELECT of id and kIncidentColumns, newest first, every value bound.
Result<Statement> select_incidents(Connection& connection, const IncidentFilter& filter);

// Counts what happened in a span of time.
Result<IncidentSummary> summarise_incidents(Connection& connection,
                                            const std::string& first_day,
                                            const std::string& last_day);

}  // namespace noshare::store
