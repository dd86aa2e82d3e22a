// Standing: which patterns can count without help, by the place they are found in.
//
// In:  the patterns' confidences, zone by zone     Out: sets of patterns
// Made once per database, so that a match of a pattern that needs a context word is
// passed over where none stands, before its check digits are worked out.
#pragma once

#include <array>
#include <vector>

#include "noshare/model/segment.h"

#include "detect/pattern_set.h"

namespace noshare::detect {

struct CompiledPattern;
struct Plan;

// Candidates below are dropped.
inline constexpr int kLeastConfidence = 30;
// Taken from a value whose column holds other values, unless a context word speaks for
// it.
inline constexpr int kOtherColumnPoints = 30;

struct Standing {
  struct OfZone {
    PatternSet alone;   // reach kLeastConfidence without a context word
    PatternSet sturdy;  // reach it even in a column of other values
  };
  std::array<OfZone, model::kZoneCount> zones;
  PatternSet sturdy_somewhere;
  PatternSet proving;  // a whole column of such values would stand for a context word
  // Per phrase: the patterns for which it is a context word.
  std::vector<std::vector<std::uint32_t>> patterns_of_phrase;
  std::uint32_t most_reach_chars = 0;  // the widest distance of any context word
};

Standing standing_of(const std::vector<CompiledPattern>& patterns, const Plan& plan,
                     std::size_t phrases);

}  // namespace noshare::detect
