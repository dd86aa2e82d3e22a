// IncidentFilter to SQL.
#pragma once

#include <string>

#include "noshare/store/incident_store.h"

#include "database.h"

namespace noshare::store {

struct Search {
  Statement rows;       // a prepared SELECT of id and kIncidentColumns, every value bound
  std::string further;  // the last case that is looked at; empty: all are
};

// Newest first.
Result<Search> search_incidents(Connection& connection, const IncidentFilter& filter);

// Counts what happened in a span of time.
Result<IncidentSummary> summarise_incidents(Connection& connection,
                                            const std::string& first_day,
                                            const std::string& last_day);

}  // namespace noshare::store
