// The best that any expression of a pattern reaches decides.
#include "detect/standing.h"

#include <algorithm>

#include "detect/compiled.h"

namespace noshare::detect {
namespace {

// The most that a match of each pattern is worth before its surroundings are looked at.
std::vector<int> best_confidences(const std::vector<CompiledPattern>& patterns,
                                  const Plan& plan) {
  std::vector<int> best(patterns.size(), 0);
  for (const PlannedExpression& expression : plan.expressions) {
    const CompiledPattern& pattern = patterns[expression.pattern];
    int& most = best[expression.pattern];
    most = std::max(most, expression.base);
    if (pattern.checks.empty()) continue;
    most =
        std::max(most, expression.after_checks >= 0 ? expression.after_checks
                                                    : pattern.pattern.confidence.checked);
  }
  return best;
}

}  // namespace

Standing standing_of(const std::vector<CompiledPattern>& patterns, const Plan& plan,
                     std::size_t phrases) {
  Standing standing;
  const PatternSet none(patterns.size());
  standing.sturdy_somewhere = standing.proving = none;
  for (auto& zone : standing.zones) zone = {none, none};
  standing.patterns_of_phrase.resize(phrases);
  const std::vector<int> best = best_confidences(patterns, plan);
  for (std::uint32_t number = 0; number < patterns.size(); ++number) {
    const CompiledPattern& pattern = patterns[number];
    const int most = pattern.pattern.confidence.without_context;
    for (std::size_t zone = 0; zone < standing.zones.size(); ++zone) {
      const int points = pattern.pattern.zone_points[zone];
      if (std::min(best[number], most) + points >= kLeastConfidence)
        standing.zones[zone].alone.add(number);
      if (std::min(best[number] - kOtherColumnPoints, most) + points < kLeastConfidence)
        continue;
      standing.zones[zone].sturdy.add(number);
      standing.sturdy_somewhere.add(number);
    }
    if (pattern.proves) standing.proving.add(number);
    standing.most_reach_chars = std::max(standing.most_reach_chars, pattern.reach_chars);
    for (const auto& [phrase, group] : pattern.phrases) {
      auto& of_phrase = standing.patterns_of_phrase[phrase];
      if (pattern.context[group].points >= 0 && !pattern.context[group].of_country &&
          (of_phrase.empty() || of_phrase.back() != number))
        of_phrase.push_back(number);
    }
  }
  return standing;
}

}  // namespace noshare::detect
