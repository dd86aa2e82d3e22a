// An incident as rows of the tables in schema.cc, and back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/model/incident.h"

#include "database.h"

namespace noshare::store {

// Equal for each try of the same message under the same decision. Not by the version of
// the policy: a filter that comes back with another configuration must not hold a message
// for a second time that it has held and not answered.
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
// All that are left of such a statement that was not stepped yet, with few questions.
Result<std::vector<model::Incident>> read_incidents(
    Connection& connection, Statement& rows,
    std::vector<std::int64_t>* row_ids = nullptr);

}  // namespace noshare::store
