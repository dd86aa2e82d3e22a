// An incident as rows of the tables in schema.cc, and back.
#pragma once

#include <cstdint>
#include <string>

#include "noshare/model/incident.h"

#include "database.h"

namespace noshare::store {

// Equal for each try of the same message under the same decision.
std::string retry_key(const model::Incident& incident);

// Adds all rows; the caller holds the transaction.
Result<void> insert_incident(Connection& connection, const model::Incident& incident,
                             const std::string& case_number);

// The columns that read_incident() expects, for use in a SELECT.
extern const char* const kIncidentColumns;

// From the current row of a statement that selected id and kIncidentColumns.
// `row_id`, if given, gets the id.
Result<model::Incident> read_incident(Connection& connection, Statement& row,
                                      std::int64_t* row_id = nullptr);

}  // namespace noshare::store
