// Bounds are computed bottom-up: each node tells its extremes, sequences add them.
#include "detect/requirement.h"

#include <algorithm>

#include <fmt/format.h>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kMostGap = 16;
// A literal as common as a space leads everywhere: Hyperscan finds the expression sooner.
constexpr double kMostLiteralHits = 50'000;

// The extremes over all strings of a node. `lead`, `gap` and `trail` speak of strings
// with at least one byte that is in the set for certain, `bare` of those without.
struct Extremes {
  std::uint32_t least = 0;
  bool can_have = false;
  std::uint32_t lead = 0, gap = 0, trail = 0;
  bool can_lack = true;
  std::uint32_t bare = 0;  // longest string without
  bool operator==(const Extremes&) const = default;
};

Extremes in_sequence(const Extremes& a, const Extremes& b) {
  Extremes r;
  r.least = sum_of_bounds(a.least, b.least);
  r.can_have = a.can_have || b.can_have;
  r.can_lack = a.can_lack && b.can_lack;
  r.bare = sum_of_bounds(a.bare, b.bare);
  if (a.can_have) r.lead = a.lead;
  if (a.can_lack && b.can_have) r.lead = std::max(r.lead, sum_of_bounds(a.bare, b.lead));
  if (b.can_have) r.trail = b.trail;
  if (b.can_lack && a.can_have)
    r.trail = std::max(r.trail, sum_of_bounds(b.bare, a.trail));
  r.gap = std::max(a.gap, b.gap);
  if (a.can_have && b.can_have) r.gap = std::max(r.gap, sum_of_bounds(a.trail, b.lead));
  return r;
}

Extremes either(const Extremes& a, const Extremes& b) {
  return {std::min(a.least, b.least), a.can_have || b.can_have,
          std::max(a.lead, b.lead),   std::max(a.gap, b.gap),
          std::max(a.trail, b.trail), a.can_lack || b.can_lack,
          std::max(a.bare, b.bare)};
}

Extremes repeated(const Extremes& once, std::uint32_t least, std::uint32_t most) {
  Extremes result;
  for (std::uint32_t i = 0; i < least; ++i) result = in_sequence(result, once);
  const Extremes optional = either(once, Extremes{});
  for (std::uint32_t i = least; i < most; ++i) {
    const Extremes before = result;
    result = in_sequence(result, optional);
    if (result == before) return result;
    if (most != kUnbounded || i < least + 3) continue;
    // What still grows after some rounds grows for ever.
    if (result.lead != before.lead) result.lead = kUnbounded;
    if (result.gap != before.gap) result.gap = kUnbounded;
    if (result.trail != before.trail) result.trail = kUnbounded;
    if (result.bare != before.bare) result.bare = kUnbounded;
    return result;
  }
  return result;
}

Extremes extremes_of(const RegexNode& node, const ByteSet& set) {
  Extremes result;
  switch (node.kind) {
    case RegexNode::Kind::kEmpty:
      break;
    case RegexNode::Kind::kBytes:
      if (node.bytes.within(set)) return {1, true, 0, 0, 0, false, 0};
      result.bare = 1;
      break;
    case RegexNode::Kind::kSequence:
      for (const RegexNode& child : node.children)
        result = in_sequence(result, extremes_of(child, set));
      break;
    case RegexNode::Kind::kAlternatives:
      result = extremes_of(node.children.front(), set);
      for (const RegexNode& child : node.children)
        result = either(result, extremes_of(child, set));
      break;
    case RegexNode::Kind::kRepeat:
      return repeated(extremes_of(node.children.front(), set), node.least, node.most);
  }
  return result;
}

ByteSet token_bytes() {
  return ByteSet::range('0', '9') | ByteSet::range('A', 'Z') | ByteSet::range('a', 'z');
}

ByteSet joint_bytes() {
  ByteSet set;
  set.add(':');
  set.add('-');
  return set;
}

// Occurrences per megabyte of prose, by experience with mail; only their order matters.
double expected_hits(Landmark landmark, const ClusterNeed& need) {
  const double wide = 1.0 + need.gap / 8.0;
  switch (landmark) {
    case Landmark::kDigit:
      return wide * (need.least >= 8   ? 150
                     : need.least >= 6 ? 400
                     : need.least >= 4 ? 2'500
                     : need.least >= 2 ? 6'000
                                       : 9'000);
    case Landmark::kAt:
      return 500;
    case Landmark::kJoint:
      return need.least >= 4 ? 200 : need.least >= 2 ? 900 : 20'000;
    case Landmark::kUpper:
      return need.least >= 8 ? 100 : need.least >= 6 ? 400 : 1e6;
    case Landmark::kToken:
      return need.least >= 16 ? 150 : need.least >= 12 ? 2'500 : 1e6;
  }
  return 1e6;
}

}  // namespace

const ByteSet& bytes_of(Landmark landmark) {
  static const std::array<ByteSet, kLandmarkCount> kSets = {
      ByteSet::range('0', '9'), ByteSet::range('@', '@'), joint_bytes(),
      ByteSet::range('0', '9') | ByteSet::range('A', 'Z'), token_bytes()};
  return kSets[static_cast<std::size_t>(landmark)];
}

ClusterNeed cluster_need(const RegexNode& node, const ByteSet& set) {
  const Extremes extremes = extremes_of(node, set);
  return {extremes.least, extremes.gap, extremes.lead};
}

Requirement requirement_of(const RegexNode& node) {
  Requirement best;
  for (int i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    const ClusterNeed need = cluster_need(node, bytes_of(landmark));
    const bool one_run = landmark == Landmark::kUpper || landmark == Landmark::kToken;
    if (need.least == 0 || need.lead > kMostLead || need.gap > (one_run ? 0 : kMostGap))
      continue;
    const double hits = expected_hits(landmark, need);
    if (hits >= best.hits_per_mb) continue;
    best = {Requirement::Kind::kCluster, landmark, need, {}, hits};
  }
  const auto literal = literal_need(node);
  if (!literal || literal->lead > kMostLead) return best;
  const double hits = literal_hits_per_mb(literal->literals);
  if (hits > kMostLiteralHits) return best;
  // A literal costs a share of a scan by itself, so it must be clearly rarer.
  if (hits * 2 < best.hits_per_mb)
    best = {Requirement::Kind::kLiteral, Landmark::kDigit, {}, *literal, hits};
  return best;
}

std::string describe(const Requirement& requirement) {
  static constexpr const char* kNames[] = {"digits", "'@'", "':' or '-'",
                                           "capitals and digits in a row",
                                           "letters and digits in a row"};
  switch (requirement.kind) {
    case Requirement::Kind::kEverywhere:
      return "no anchor: searched everywhere";
    case Requirement::Kind::kLiteral:
      return fmt::format("one of {} literals, such as '{}'",
                         requirement.literal.literals.size(),
                         requirement.literal.literals.front());
    case Requirement::Kind::kCluster:
      break;
  }
  return fmt::format("at least {} {}, gaps of at most {}", requirement.cluster.least,
                     kNames[static_cast<std::size_t>(requirement.landmark)],
                     requirement.cluster.gap);
}

}  // namespace noshare::detect
