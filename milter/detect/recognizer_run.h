// Runs the recognisers: gathers the anchors each asked for into windows, and its
// candidates.
//
// In:  the first pass's landmarks and literals     Out: raw candidates, per recogniser
// Holds working memory: one per thread.
#pragma once

#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"
#include "detect/evaluation.h"
#include "detect/window_scan.h"

namespace noshare::detect {

class RecognizerRun {
 public:
  explicit RecognizerRun(const Database::Impl* database);

  // Appends candidates in order of place; their `raw` is an index into `raws`, to which
  // theirs are appended. False when the deadline passed.
  bool run(const model::Segment& segment, const WindowScan& scan, Deadline deadline,
           Evaluation& evaluation, std::vector<RawCandidate>& raws,
           std::vector<Candidate>& candidates);

 private:
  void gather_literals(std::string_view text, const WindowScan& scan);
  void gather_anchors(std::uint32_t number, const model::Segment& segment,
                      const WindowScan& scan);
  void make_windows(const AnchorRequest& request, std::string_view text);
  void add_candidates(std::uint32_t number, std::string_view text, std::size_t first_raw,
                      Evaluation& evaluation, std::vector<RawCandidate>& raws,
                      std::vector<Candidate>& candidates) const;

  // One country's pattern and who runs the recogniser for it: an international pattern
  // that names the same, or else itself.
  struct National {
    std::uint32_t runner;
    std::uint32_t pattern;
  };
  std::uint32_t pattern_of(std::uint32_t runner, const RawCandidate& raw) const;

  const Database::Impl* database_;
  std::vector<std::uint32_t> numbers_;  // patterns that run their recogniser
  std::vector<National> nationals_;
  std::vector<std::vector<Anchor>> literal_anchors_;  // per pattern
  std::vector<Anchor> anchors_;
  std::vector<Window> windows_;
};

}  // namespace noshare::detect
