// Conditions are derived once per pattern and number of digits, and put together per
// list.
#include "detect/screening.h"

#include <algorithm>
#include <map>
#include <utility>

#include "detect/checks/remainder_condition.h"
#include "detect/compiled.h"
#include "detect/plan.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kLeastScreened = 4;   // for fewer a bank is no gain
constexpr std::size_t kMostConditions = 3;  // of one member
constexpr std::uint32_t kLeastDigits = 4;

struct Screened {
  DigitConditions conditions;
  std::uint32_t checks_left = 0;
};

// Conditions of a pattern's checks, the most telling first.
Screened screened(const CompiledPattern& pattern, std::uint32_t digits) {
  Screened result;
  const config::Normalise how = pattern.pattern.normalise;
  // A pattern that keeps values with a wrong check digit has no conditions.
  const bool plain =
      (how == config::Normalise::kDigits || how == config::Normalise::kAlnumUpper) &&
      pattern.pattern.confidence.failed < 0;
  for (std::size_t i = 0; i < pattern.checks.size(); ++i) {
    const bool numbered = i < 32;
    DigitConditions more;
    if (plain && numbered) more = pattern.checks[i]->digit_conditions(digits);
    const bool fits = result.conditions.all.size() + more.all.size() <= kMostConditions;
    if (numbered && (!more.exact || !fits)) result.checks_left |= 1U << i;
    if (fits) join(result.conditions, more);
  }
  std::stable_partition(
      result.conditions.all.begin(), result.conditions.all.end(),
      [](const DigitCondition& c) { return c.modulus != DigitCondition::kNoModulus; });
  return result;
}

// What is known of patterns for numbers of so many digits.
class Conditions {
 public:
  explicit Conditions(const std::vector<CompiledPattern>& patterns)
      : patterns_(patterns) {}

  const Screened& of(const PlannedExpression& expression, std::uint32_t digits) {
    // The digits of a match whose end is the value are not the value's.
    if (!expression.value.empty()) return none_;
    const auto [found, is_new] = known_.try_emplace({expression.pattern, digits});
    if (is_new) found->second = screened(patterns_[expression.pattern], digits);
    return found->second;
  }

 private:
  const std::vector<CompiledPattern>& patterns_;
  const Screened none_{{}, UINT32_MAX};
  std::map<std::pair<std::uint32_t, std::uint32_t>, Screened> known_;
};

Screening::List sorted_list(const Plan& plan, std::span<const std::uint32_t> ids,
                            std::size_t patterns, const PatternSet& sturdy) {
  Screening::List list;
  list.ids.assign(ids.begin(), ids.end());
  const auto rest = std::stable_partition(
      list.ids.begin(), list.ids.end(),
      [&](std::uint32_t id) { return sturdy.has(plan.expressions[id].pattern); });
  list.sturdy = static_cast<std::size_t>(rest - list.ids.begin());
  list.others = PatternSet(patterns);
  for (std::uint32_t id : list.ids) {
    const std::uint32_t pattern = plan.expressions[id].pattern;
    list.patterns.push_back(pattern);
    if (!sturdy.has(pattern)) list.others.add(pattern);
  }
  return list;
}

// counts  bit n: the list can end a match of n digits
void add_banks(const Plan& plan, std::uint32_t counts, Conditions& known,
               Screening::List& list) {
  for (std::uint32_t digits = kLeastDigits; digits <= kMostBankDigits; ++digits) {
    if ((counts >> digits & 1) == 0) continue;
    std::vector<const DigitConditions*> members;
    std::vector<std::uint32_t> checks_left;
    std::size_t count = 0;
    for (std::uint32_t id : list.ids) {
      const Screened& one = known.of(plan.expressions[id], digits);
      members.push_back(&one.conditions);
      checks_left.push_back(one.checks_left);
      if (!one.conditions.all.empty()) ++count;
    }
    if (count >= kLeastScreened)
      list.banks.push_back({digits, DigitBank(digits, members), checks_left});
  }
}

}  // namespace

Screening::Screening(const Plan& plan, const std::vector<CompiledPattern>& patterns,
                     const PatternSet& sturdy)
    : number_of_(plan.lists.size(), kNone) {
  Conditions known(patterns);
  for (const Group& group : plan.groups) {
    for (std::size_t i = 0; i < group.automata.size(); ++i) {
      const Automaton& automaton = group.automata[i];
      std::vector<std::uint32_t> counts;
      for (std::uint32_t number = 0; number < automaton.lists(); ++number) {
        const auto ids = automaton.ids(number);
        if (ids.size() < kLeastScreened || ids.size() > DigitBank::kMostMembers) continue;
        if (counts.empty()) counts = automaton.digit_counts();
        number_of_[group.first_list[i] + number] =
            static_cast<std::uint32_t>(lists_.size());
        lists_.push_back(sorted_list(plan, ids, patterns.size(), sturdy));
        add_banks(plan, counts[number], known, lists_.back());
      }
    }
  }
}

}  // namespace noshare::detect
