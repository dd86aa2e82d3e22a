// Exclusions as rows.
#pragma once

#include <vector>

#include "noshare/model/known.h"

#include "database.h"

namespace noshare::store {

// Those in force about any of these values, or about any value of an entity.
Result<std::vector<model::Exclusion>> exclusions_about(
    Connection& connection, const std::vector<Fingerprint>& values);

}  // namespace noshare::store
