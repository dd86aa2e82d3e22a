// Evaluation: which ends of which expressions are values.
//
// In:  a place and the ends of matches that begin there     Out: candidates
// Per pattern the longest end whose value passes: not a piece of something longer, not
// excluded, all checks. Nothing is allocated per match.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"
#include "detect/weighing.h"
#include "detect/window_scan.h"

namespace noshare::detect {

class Evaluation {
 public:
  explicit Evaluation(const Database::Impl* database) : database_(database) {}

  // What stands round a match: matches that could not count there are left out.
  struct Surroundings {
    Weighing& weighing;
    ColumnEvidence& columns;
  };
  void add_matches(std::string_view text, std::uint32_t begin,
                   std::span<const MatchEnd> ends, Surroundings around,
                   std::vector<Candidate>& candidates);
  // kWrongDigit: it has the form, a check digit is wrong, and the pattern keeps it so.
  enum class Verdict : std::uint8_t { kNo, kWrongDigit, kYes };
  static constexpr std::uint32_t kAllChecks = UINT32_MAX;
  // Exclusions and checks alone; of `checks` bit i stands for check i, if it is to be
  // run.
  Verdict judge(const CompiledPattern& pattern, std::string_view raw,
                std::string_view normalised, std::uint32_t checks = kAllChecks) const;

 private:
  struct Match {
    std::string_view text;  // of the segment
    model::Span span;
  };
  bool stands_alone(std::string_view text, model::Span match, config::Edges edges);
  std::string_view normalised_value(std::string_view raw, config::Normalise how);
  // The digits of a match; false when it holds anything but digits and marks, or too
  // many.
  bool read_digits(std::string_view raw);
  // Adds the candidate of one expression, if it is one.
  void consider(const Match& match, std::uint32_t id, std::uint32_t checks,
                std::vector<Candidate>& candidates);
  void consider_list(const Match& match, const Screening::List& list,
                     const PatternSet& allowed, std::vector<Candidate>& candidates);

  std::span<const MatchEnd> longest_first(std::span<const MatchEnd> ends);
  bool is_done(std::uint32_t pattern) const {
    return std::find(done_.begin(), done_.end(), pattern) != done_.end();
  }

  const Database::Impl* database_;
  // What was found out about the match at hand, for all patterns that share it.
  model::Span last_match_;
  bool alone_known_ = false, alone_ = false;
  std::uint32_t forms_known_ = 0;  // bit per Normalise
  std::string forms_[5];
  std::string value_form_;  // of a value that is the end of a match
  MatchDigits digits_;
  std::vector<MatchEnd> sorted_;
  std::vector<std::uint32_t> done_;        // patterns that have their longest match
  std::vector<std::uint32_t> done_lists_;  // lists of such patterns alone
};

}  // namespace noshare::detect
