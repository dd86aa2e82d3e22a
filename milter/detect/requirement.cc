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
  r.bare = r.can_lack ? sum_of_bounds(a.bare, b.bare) : 0;
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

// What a node's strings say of runs of the set's bytes.
struct Runs {
  bool whole = true;         // every string lies wholly in the set
  std::uint32_t prefix = 0;  // bytes of the set at the beginning of each string
  std::uint32_t suffix = 0;  // and at its end
  ClusterNeed best;
  Width width{0, 0};
};

void keep_longer(ClusterNeed& best, std::uint32_t least, std::uint32_t lead) {
  if (least > best.least || (least == best.least && lead < best.lead))
    best = {least, 0, lead};
}

Runs in_sequence(const Runs& a, const Runs& b) {
  Runs r;
  r.whole = a.whole && b.whole;
  r.prefix = a.whole ? sum_of_bounds(a.width.least, b.prefix) : a.prefix;
  r.suffix = b.whole ? sum_of_bounds(b.width.least, a.suffix) : b.suffix;
  r.width = {sum_of_bounds(a.width.least, b.width.least),
             sum_of_bounds(a.width.most, b.width.most)};
  keep_longer(r.best, a.best.least, a.best.lead);
  if (b.best.least > 0)
    keep_longer(r.best, b.best.least, sum_of_bounds(a.width.most, b.best.lead));
  // The run across the joint begins `suffix` bytes before it, or earlier.
  const std::uint32_t joint = sum_of_bounds(a.suffix, b.prefix);
  if (joint > 0)
    keep_longer(r.best, joint,
                a.whole                      ? 0
                : a.width.most == kUnbounded ? kUnbounded
                                             : a.width.most - a.suffix);
  return r;
}

Runs either(const Runs& a, const Runs& b) {
  return {a.whole && b.whole,
          std::min(a.prefix, b.prefix),
          std::min(a.suffix, b.suffix),
          {std::min(a.best.least, b.best.least), 0, std::max(a.best.lead, b.best.lead)},
          {std::min(a.width.least, b.width.least), std::max(a.width.most, b.width.most)}};
}

Runs runs_of(const RegexNode& node, const ByteSet& set);

Runs runs_of_repeat(const RegexNode& node, const ByteSet& set) {
  constexpr std::uint32_t kMostRounds = 512;  // more rounds only make runs longer
  const Runs once = runs_of(node.children.front(), set);
  Runs result;
  for (std::uint32_t i = 0; i < std::min(node.least, kMostRounds); ++i)
    result = in_sequence(result, once);
  if (node.most > node.least || node.least > kMostRounds) {
    // The rest may hold nothing, or something else that is in the set or not.
    Runs rest = either(once, Runs{});
    rest.whole = once.whole;
    rest.width = {0, kUnbounded};
    if (node.most != kUnbounded && once.width.most != kUnbounded) {
      const std::uint64_t most = std::uint64_t{once.width.most} *
                                 (node.most - std::min(node.least, kMostRounds));
      rest.width.most =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(most, kUnbounded));
    }
    result = in_sequence(result, rest);
  }
  return result;
}

Runs runs_of(const RegexNode& node, const ByteSet& set) {
  Runs result;
  switch (node.kind) {
    case RegexNode::Kind::kEmpty:
      break;
    case RegexNode::Kind::kBytes:
      result.width = {1, 1};
      result.whole = node.bytes.within(set);
      if (result.whole) {
        result.prefix = result.suffix = 1;
        result.best = {1, 0, 0};
      }
      break;
    case RegexNode::Kind::kSequence:
      for (const RegexNode& child : node.children)
        result = in_sequence(result, runs_of(child, set));
      break;
    case RegexNode::Kind::kAlternatives:
      result = runs_of(node.children.front(), set);
      for (const RegexNode& child : node.children)
        result = either(result, runs_of(child, set));
      break;
    case RegexNode::Kind::kRepeat:
      return runs_of_repeat(node, set);
  }
  return result;
}

bool may_hold(const RegexNode& node, const ByteSet& set) {
  if (node.kind == RegexNode::Kind::kBytes) return node.bytes.meets(set);
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const RegexNode& child) { return may_hold(child, set); });
}

ByteSet white_space() {
  ByteSet set;
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'})
    set.add(static_cast<unsigned char>(c));
  return set;
}

ByteSet token_bytes() {
  return ByteSet::range('0', '9') | ByteSet::range('A', 'Z') | ByteSet::range('a', 'z');
}

ByteSet joint_bytes() {
  ByteSet set;
  set.add(':');
  set.add('-');
  set.add('.');
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
      return need.least >= 4 ? 200 : need.least >= 2 ? 1'200 : 30'000;
    case Landmark::kUpper:
      return need.least >= 16  ? 60
             : need.least >= 8 ? 200
             : need.least >= 6 ? 500
             : need.least >= 4 ? 2'200
                               : 1e6;
    case Landmark::kToken:
      return need.least >= 28   ? 10
             : need.least >= 20 ? 40
             : need.least >= 16 ? 180
             : need.least >= 12 ? 2'500
                                : 1e6;
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

ClusterNeed run_need(const RegexNode& node, const ByteSet& set) {
  return runs_of(node, set).best;
}

ClusterNeed cluster_need(const RegexNode& node, const ByteSet& set) {
  const Extremes extremes = extremes_of(node, set);
  return {extremes.least, extremes.gap, extremes.lead};
}

Requirement requirement_of(const RegexNode& node) {
  Requirement best;
  for (int i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    const ClusterNeed need = in_one_run(landmark)
                                 ? run_need(node, bytes_of(landmark))
                                 : cluster_need(node, bytes_of(landmark));
    if (need.least == 0 || need.lead > kMostLead || need.gap > kMostGap) continue;
    const double hits = expected_hits(landmark, need);
    if (hits >= best.hits_per_mb) continue;
    best = {Requirement::Kind::kCluster, landmark, need, {}, hits};
  }
  best.one_token = !may_hold(node, white_space());
  auto literal = literal_need(node);
  if (!literal || literal->lead > kMostLead) return best;
  *literal = shortened(*literal);
  const double hits = literal_hits_per_mb(literal->literals);
  if (hits > kMostLiteralHits) return best;
  // A literal costs a share of a scan by itself, so it must be clearly rarer.
  if (hits * 2 < best.hits_per_mb)
    best = {Requirement::Kind::kLiteral, Landmark::kDigit, {}, *literal, hits};
  return best;
}

std::string describe(const Requirement& requirement) {
  static constexpr const char* kNames[] = {"digits", "'@'", "':', '-' or '.'",
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
