// Exclusions as rows.
#pragma once

#include <vector>

#include "noshare/model/known.h"

#include "database.h"

namespace noshare::store {

Result<Statement> prepare_exclusions(Connection& connection);
// Those in force about any of these values, or about any value of an entity. `query` is
// from prepare_exclusions().
Result<std::vector<model::Exclusion>> exclusions_about(
    Statement& query, const std::vector<Fingerprint>& values);

}  // namespace noshare::store
