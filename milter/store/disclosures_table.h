// Lawful disclosures, overrides and what has gone out, as rows.
#pragma once

#include <string>
#include <vector>

#include "noshare/store/register_store.h"

#include "database.h"

namespace noshare::store {

// The caller holds the transaction.
Result<void> insert_disclosure(Connection& connection,
                               const model::LawfulDisclosure& disclosure);
Result<void> close_disclosure_row(Connection& connection, const std::string& id,
                                  std::int64_t now_us);
// All of them, oldest first, or those with these ids.
Result<std::vector<model::LawfulDisclosure>> read_disclosures(
    Connection& connection, const std::vector<std::string>* ids);

Result<std::vector<model::Refused>> read_refused(
    Connection& connection, const std::vector<std::string>& case_numbers);
Result<std::vector<model::Volume>> read_volumes(
    Connection& connection, const std::vector<model::VolumeQuestion>& questions,
    std::int64_t now_us);

// The caller holds the transaction.
Result<void> insert_sharing(Connection& connection, const model::Verdict& verdict,
                            const std::string& sender, std::int64_t now_us);

}  // namespace noshare::store
