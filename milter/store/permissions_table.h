// Permissions as rows.
#pragma once

#include <string>
#include <vector>

#include "noshare/store/register_store.h"

#include "database.h"

namespace noshare::store {

// The caller holds the transaction. Gives the new id.
Result<std::string> insert_permission(Connection& connection,
                                      const model::Permission& permission);
Result<void> revoke_permission(Connection& connection, const std::string& id,
                               std::int64_t now_us);
Result<std::vector<model::Permission>> list_permissions(Connection& connection,
                                                        const PermissionFilter& filter);
// Those that are not revoked, about any of these values; each once.
Result<std::vector<model::Permission>> permissions_about(
    Connection& connection, const std::vector<Fingerprint>& values);

// "PM-7K3M9QX2", not yet a `name` in the table.
Result<std::string> free_id(Connection& connection, const std::string& prefix,
                            const std::string& table);

// A JSON list of texts; a damaged one reads as empty.
std::vector<std::string> texts_from(const std::string& json_list);

}  // namespace noshare::store
