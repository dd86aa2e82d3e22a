// Arbitration: one value is one finding.
//
// In:  weighed candidates of a segment, in any order
// Out: those that remain, in order of place, no two overlapping
// Of candidates that overlap the better stays: of at least medium confidence, then proven
// by a check, then more confident, longer, of higher rank, and the first in the packs.
// Addresses of users and hosts give way to credentials of at least medium confidence,
// which they are a part of, or which are read into them (token@host).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"

namespace noshare::detect {

class Arbitration {
 public:
  explicit Arbitration(const Database::Impl* database);

  // Settles what begins before `limit` and cannot overlap anything that begins later. The
  // rest stays in `open` for the next time.
  void settle(std::uint32_t limit, std::vector<Candidate>& open,
              std::vector<Candidate>& settled);

 private:
  // What a pattern's categories mean here.
  enum class Role : std::uint8_t { kOther, kCredential, kAddress };

  bool is_better(const Candidate& a, const Candidate& b) const;
  void put_addresses_behind_credentials(std::span<Candidate> cluster) const;
  Candidate best_reading(std::span<const Candidate> readings) const;
  void settle_cluster(std::span<Candidate> cluster,
                      std::vector<Candidate>& settled) const;

  const Database::Impl* database_;
  std::vector<Role> roles_;              // by pattern
  std::vector<bool> stands_for_others_;  // by pattern: it includes more specific ones
};

}  // namespace noshare::detect
