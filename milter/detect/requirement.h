// What every match of an expression must contain: the places worth looking at.
//
// In:  a tree (regex.h)     Out: the cheapest kind of anchor that no match can do without
// Pure functions. Sound by construction: an anchor may be found where nothing matches,
// but no match stands where its anchor was not found
// (tests/unit/detect/requirement_test.cc).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detect/regex.h"

namespace noshare::detect {

// Sets of bytes that the first pass over the text can find (region_finder.h).
enum class Landmark : std::uint8_t {
  kDigit,  // 0-9
  kAt,     // '@'
  kJoint,  // ':', '-' and '.': MAC and IP addresses
  kUpper,  // A-Z and 0-9 in one run: BIC
  kToken,  // letters and digits in one run: account numbers with letters, keys
};
inline constexpr int kLandmarkCount = 5;
const ByteSet& bytes_of(Landmark landmark);
// Whether its bytes must stand in a row, without gaps.
constexpr bool in_one_run(Landmark landmark) {
  return landmark == Landmark::kUpper || landmark == Landmark::kToken;
}

// Any match has at least `least` of the set's bytes, no neighbours among them more than
// `gap` other bytes apart, and the first at most `lead` bytes after the match's
// beginning. kUnbounded: no such bound.
struct ClusterNeed {
  std::uint32_t least = 0;
  std::uint32_t gap = 0;
  std::uint32_t lead = 0;
};
ClusterNeed cluster_need(const RegexNode& node, const ByteSet& set);

// Any match has somewhere at least `least` of the set's bytes in a row, which begin at
// most `lead` bytes after its beginning; the gap is 0.
ClusterNeed run_need(const RegexNode& node, const ByteSet& set);

// Longer leads would make windows of half the text: an anchor further behind the
// beginning of a match is none.
inline constexpr std::uint32_t kMostLead = 300;

// Any match contains one of the literals (in any ASCII case), at most `lead` bytes after
// its beginning.
struct LiteralNeed {
  std::vector<std::string> literals;  // lower case
  std::uint32_t lead = 0;
};
std::optional<LiteralNeed> literal_need(const RegexNode& node);

// The same need with fewer and shorter literals: of a long one the rarest piece is kept,
// and none that holds another.
LiteralNeed shortened(const LiteralNeed& need);

// Roughly how often any of the literals occurs in a megabyte of text, weighed by what
// looking for it costs: one or two bytes, or digits, are found too often in tables.
double literal_hits_per_mb(const std::vector<std::string>& literals);

struct Requirement {
  enum class Kind : std::uint8_t { kCluster, kLiteral, kEverywhere };
  Kind kind = Kind::kEverywhere;
  Landmark landmark = Landmark::kDigit;  // kCluster
  ClusterNeed cluster;
  LiteralNeed literal;
  double hits_per_mb = 1e6;  // in ordinary prose, a rough estimate
  bool one_token = false;    // no match holds white space
};
Requirement requirement_of(const RegexNode& node);

// "at least 9 digits, gaps of at most 1", for `noshare pack list` and `pack explain`.
std::string describe(const Requirement& requirement);

}  // namespace noshare::detect
