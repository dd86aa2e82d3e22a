// The index of incidents by what people search for, and counts by day for reports: both
// written with the incident, so that neither a search nor a report reads a million rows.
//
// In:  an incident and its row's id     Out: rows of incident_keys and daily_counts
// The caller holds the transaction.
#pragma once

#include <array>
#include <cstddef>
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
// A report adds up few rows: counts of years, months and tens of days stand beside those
// of days, under kinds of their own. Each span is named by the beginning of its days'
// names.
struct CountSpan {
  std::int64_t more;  // than the kind of its days
  std::size_t chars;  // "2026", "2026-11", "2026-11-1", "2026-11-19"
};
inline constexpr std::array<CountSpan, 4> kCountSpans{
    {{300, 4}, {100, 7}, {200, 9}, {0, 10}}};

Result<void> index_incident(Connection& connection, std::int64_t id,
                            const model::Incident& incident);
// Takes its keys out again. What was counted stays counted.
Result<void> unindex_incident(Connection& connection, std::int64_t id,
                              const model::Incident& incident);
// Who sent what is forgotten in the counts of all days before `day`.
Result<void> forget_senders(Connection& connection, const std::string& day);
// Removes addresses that no incident shows any more.
Result<void> forget_names(Connection& connection);
Result<void> count_incident(Connection& connection, const model::Incident& incident);

}  // namespace noshare::store
