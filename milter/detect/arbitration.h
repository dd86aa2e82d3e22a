// Arbitration: one value is one finding.
//
// In:  weighed candidates of a segment, in any order
// Out: those that remain, in order of place, no two overlapping
// Of candidates that overlap the better stays: of at least medium confidence, then proven
// by a check, then more confident, longer, of higher rank, and the first in the packs.
#pragma once

#include <span>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"

namespace noshare::detect {

class Arbitration {
 public:
  explicit Arbitration(const Database::Impl* database) : database_(database) {}

  // Settles what begins before `limit` and cannot overlap anything that begins later. The
  // rest stays in `open` for the next time.
  void settle(std::uint32_t limit, std::vector<Candidate>& open,
              std::vector<Candidate>& settled);

 private:
  bool is_better(const Candidate& a, const Candidate& b) const;
  void settle_cluster(std::span<Candidate> cluster,
                      std::vector<Candidate>& settled) const;

  const Database::Impl* database_;
};

}  // namespace noshare::detect
