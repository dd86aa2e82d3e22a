// Remainder conditions: a weighted sum over decimal digits, and what it must leave.
//
// In:  weights per digit, a modulus, and which check digits belong to each remainder
// Out: digit conditions (digit_condition.h); none where the sum is too large for them
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "detect/digit_condition.h"

namespace noshare::detect {

struct RemainderRule {
  explicit RemainderRule(std::size_t digits) : weights(digits), high_weights(digits) {}

  std::vector<std::int64_t> weights;       // per digit of the value
  std::vector<std::int64_t> high_weights;  // added for digits from 5 on
  std::int64_t plus = 0;
  std::int64_t modulus = 0;
  // Where the check digits stand; check_length 0: there are none.
  std::size_t check_at = 0;
  std::size_t check_length = 0;
  // The number that the check digits write when the sum leaves `remainder`; negative: no
  // such value passes. Without check digits: not negative means that it passes.
  std::function<int(int remainder)> written;
};

DigitConditions conditions_of(const RemainderRule& rule);

// No value passes.
DigitConditions never();
// Digits [at, at + count) as a number lie in one of the intervals; `complete`: that is
// all that is asked.
DigitConditions number_within(std::size_t digits, std::size_t at, std::size_t count,
                              std::vector<DigitCondition::Interval> intervals,
                              bool complete);

// The conditions of a part: its digit i is digit places[i] of the value.
DigitConditions moved(const DigitConditions& part,
                      const std::vector<std::size_t>& places);

// Both: the checks of all_of, or of a pattern.
void join(DigitConditions& all, const DigitConditions& more);

}  // namespace noshare::detect
