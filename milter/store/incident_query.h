// IncidentFilter to SQL.
#pragma once

#include "noshare/store/incident_store.h"

#include "sqlite.h"

namespace noshare::store {

// A prepared SELECT of id and kIncidentColumns, newest first, every value bound.
Result<Statement> select_incidents(Connection& connection, const IncidentFilter& filter);

}  // namespace noshare::store
