// The next link of the audit chain, written inside a transaction of the caller: an act
// and its entry are on disk together or not at all.
#pragma once

#include "noshare/base/fingerprint.h"
#include "noshare/store/audit_log.h"

#include "database.h"

namespace noshare::store {

Result<void> append_audit(Connection& connection, const FingerprintKey& key,
                          const AuditEntry& entry);

// The hash that belongs to an entry which follows `previous`.
std::string audit_hash(const FingerprintKey& key, const AuditEntry& entry,
                       const std::string& previous);

}  // namespace noshare::store
