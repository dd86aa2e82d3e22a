// Evaluation: which ends of which expressions are values.
//
// In:  a place and the ends of matches that begin there     Out: candidates
// Per pattern the longest end whose value passes: not a piece of something longer, not
// excluded, all checks. Nothing is allocated per match.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"
#include "detect/window_scan.h"

namespace noshare::detect {

class Evaluation {
 public:
  explicit Evaluation(const Database::Impl* database) : database_(database) {}

  void add_matches(std::string_view text, std::uint32_t begin,
                   std::span<const MatchEnd> ends, std::vector<Candidate>& candidates);
  // kWrongDigit: it has the form, a check digit is wrong, and the pattern keeps it so.
  enum class Verdict : std::uint8_t { kNo, kWrongDigit, kYes };
  // A recogniser's candidate: exclusions and checks alone.
  Verdict judge(const CompiledPattern& pattern, std::string_view raw,
                std::string_view normalised) const;

 private:
  bool stands_alone(std::string_view text, model::Span match, config::Edges edges);
  std::string_view normalised_value(std::string_view raw, config::Normalise how);

  const Database::Impl* database_;
  // What was found out about the match at hand, for all patterns that share it.
  model::Span last_match_;
  bool alone_known_ = false, alone_ = false;
  std::uint32_t forms_known_ = 0;  // bit per Normalise
  std::string forms_[5];
  std::vector<MatchEnd> sorted_;
  std::vector<std::uint32_t> done_;  // patterns that have their longest match
};

}  // namespace noshare::detect
