// Values that came in with mail, as rows.
#pragma once

#include <vector>

#include "noshare/store/register_store.h"

#include "database.h"

namespace noshare::store {

// The caller holds the transaction.
Result<void> insert_received(Connection& connection,
                             const std::vector<model::Received>& received);
Result<std::vector<model::Received>> received_from(
    Connection& connection, const std::vector<Fingerprint>& correspondents,
    const std::vector<Fingerprint>& values);

}  // namespace noshare::store
