// ExclusionStore: findings that officers say are no personal data, and who agreed.
//
// In:  proposals, decisions     Out: the list; what is in force reaches policy through
// RegisterStore::answer, anew for each message
// Two people: nobody approves what they proposed themselves. One is enough to reject or
// to revoke, for then more is found. Each step is an entry of the audit log.
// Errors: kNotFound, kInvalidInput (not in this state, the same person, one like it is
// there), kIo, kUnavailable, kCorrupt. Thread-safe; several processes may use one file.
// A value is a keyed fingerprint beside its mask, never the value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/model/known.h"

namespace noshare::store {

enum class ExclusionState { kProposed, kApproved, kRejected, kRevoked };
const char* name(ExclusionState state) noexcept;  // "proposed"
std::optional<ExclusionState> exclusion_state_from_name(std::string_view text) noexcept;

struct ExclusionRecord {
  model::Exclusion exclusion;
  std::string case_number;  // where it was noticed
  std::string masked;       // the finding's, for people
  ExclusionState state = ExclusionState::kProposed;
  std::string proposed_by;
  std::int64_t proposed_us = 0;
  std::string reason;
  std::string decided_by;  // who said the last word so far; empty while proposed
  std::int64_t decided_us = 0;
  std::string decision_reason;
};

struct ExclusionDecision {
  std::string id;
  ExclusionState state = ExclusionState::kApproved;  // to be in
  std::string officer;
  std::string reason;
  std::int64_t now_us = 0;
};

class ExclusionStore {
 public:
  static Result<std::unique_ptr<ExclusionStore>> open(const std::filesystem::path& file,
                                                      FingerprintKey key);
  virtual ~ExclusionStore() = default;

  // Gives its id; `record.exclusion.id` and the state are ignored.
  virtual Result<std::string> propose(const ExclusionRecord& record) = 0;
  virtual Result<void> decide(const ExclusionDecision& decision) = 0;
  virtual Result<ExclusionRecord> find(const std::string& id) = 0;
  // Newest first, at most so many; of one case if it is not empty.
  virtual Result<std::vector<ExclusionRecord>> list(std::optional<ExclusionState> state,
                                                    const std::string& case_number,
                                                    std::uint32_t most) = 0;
};

}  // namespace noshare::store
