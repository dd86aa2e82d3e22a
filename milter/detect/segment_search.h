// SegmentSearch: one segment's text to settled candidates.
//
// In:  a segment     Out: candidates that remain after arbitration, in order of place
// Ties together the two passes, evaluation, weighing and arbitration, stretch by stretch.
// Holds all working memory: one per thread.
#pragma once

#include <vector>

#include "detect/arbitration.h"
#include "detect/candidate.h"
#include "detect/column_evidence.h"
#include "detect/compiled.h"
#include "detect/evaluation.h"
#include "detect/recognizer_run.h"
#include "detect/weighing.h"
#include "detect/window_scan.h"

namespace noshare::detect {

class SegmentSearch {
 public:
  static Result<SegmentSearch> create(const Database::Impl* database);

  // Appends to `settled`; recognisers' candidates refer to `raws`. False when the
  // deadline passed or the pattern engine failed: what was found until then is there.
  bool search(const model::Segment& segment, Deadline deadline,
              std::vector<RawCandidate>& raws, std::vector<Candidate>& settled);

  bool was_ascii() const { return scan_.regions().ascii; }

 private:
  SegmentSearch(const Database::Impl* database, WindowScan scan);
  void weigh(const std::vector<RawCandidate>& raws, std::uint32_t limit);

  WindowScan scan_;
  Evaluation evaluation_;
  RecognizerRun recognizers_;
  TableView tables_;
  ColumnEvidence columns_;
  Weighing weighing_;
  Arbitration arbitration_;
  std::vector<Candidate> recognized_;  // of the whole segment
  std::vector<Candidate> found_;       // in the stretch at hand
  std::vector<Candidate> open_;        // weighed, not settled
};

}  // namespace noshare::detect
