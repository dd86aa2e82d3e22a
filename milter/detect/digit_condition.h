// Digit conditions: what the digits of a value must satisfy, in a form that can be tested
// for many patterns at once (digit_bank.h).
//
// A check that is a sum over digits, as nearly all check digits are, states itself as
// such conditions for values of n decimal digits. Each holds for every value that passes
// the check; when `exact`, a value for which they hold passes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "detect/digit_bank_rows.h"

namespace noshare::detect {

// The sum of weight times digit, plus high_weight for digits from 5 on, plus `plus`,
// modulo `modulus`, lies in one of two intervals.
struct DigitCondition {
  static constexpr int kNoModulus = 65'536;
  static constexpr int kMostModulus = 139;  // keeps sums below 2^15

  struct Interval {
    int first = 0;
    int last = -1;  // empty
  };
  std::array<std::int16_t, kMostBankDigits> weights{};  // not negative, below the modulus
  std::array<std::int16_t, kMostBankDigits> high_weights{};
  int plus = 0;
  int modulus = kNoModulus;
  std::array<Interval, 2> allowed{};
};

struct DigitConditions {
  std::vector<DigitCondition> all;
  bool exact = false;
};

}  // namespace noshare::detect
