// The index of incidents by what people search for, and counts by day for reports: both
// written with the incident, so that neither a search nor a report reads a million rows.
//
// In:  an incident and its row's id     Out: rows of incident_keys and daily_counts
// The caller holds the transaction.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "noshare/model/incident.h"

#include "database.h"

namespace noshare::store {

// The numbers stand in the store: they never change.
enum class KeyKind : std::uint8_t {
  kSender = 1,  // addresses in lower case
  kSenderDomain = 2,
  kRecipient = 3,
  kRecipientDomain = 4,
  kRule = 5,  // every rule that matched
  kEntity = 6,
  kAction = 7,
};
using Key = std::pair<KeyKind, std::string>;

// Each once, sorted.
std::vector<Key> keys_of(const model::Incident& incident);

enum class CountKind : std::uint8_t {
  kIncidents = 0,
  kAction = 1,
  kRule = 2,      // the deciding one
  kFindings = 3,  // by entity
  kEntity = 4,    // incidents that show it
  kSender = 5,
  kRecipientDomain = 6,  // of third parties
};
// The counts of whole months, "2026-11", stand under kinds of their own, so that a report
// over a year does not add up days.
inline constexpr std::int64_t kOfMonths = 100;

Result<void> index_incident(Connection& connection, std::int64_t id,
                            const model::Incident& incident);
// Takes its keys out again. What was counted stays counted.
Result<void> unindex_incident(Connection& connection, std::int64_t id,
                              const model::Incident& incident);
// Removes addresses that no incident shows any more.
Result<void> forget_names(Connection& connection);
Result<void> count_incident(Connection& connection, const model::Incident& incident);

}  // namespace noshare::store
