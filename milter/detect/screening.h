// Screening: for expressions that end together, which are worth a closer look.
//
// In:  lists of expressions (Plan::lists), the checks of their patterns
// Out: per list its members in order of need, and per number of digits a bank of their
// conditions (digit_bank.h)
// Made once per database. Lists in which few expressions have conditions have no bank:
// their checks are run one by one.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/digit_bank.h"
#include "detect/pattern_set.h"

namespace noshare::detect {

struct CompiledPattern;
struct Plan;

// The digits of a match that holds no letters.
struct MatchDigits {
  std::uint8_t values[kMostBankDigits] = {};
  std::size_t count = 0;
};

class Screening {
 public:
  struct Bank {
    std::uint32_t digits;
    DigitBank bank;
    std::vector<std::uint32_t> checks_left;  // per member: bit i, check i is not implied
  };
  // The expressions of one list, those that can count anywhere first.
  struct List {
    std::vector<std::uint32_t> ids, patterns;  // of the members
    std::size_t sturdy = 0;                    // so many come first
    PatternSet others;                         // the patterns of the rest
    std::vector<Bank> banks;

    // Null: all members must be looked at.
    const Bank* bank(std::size_t digits) const {
      for (const Bank& bank : banks) {
        if (bank.digits == digits) return &bank;
      }
      return nullptr;
    }
  };

  Screening() = default;
  // `sturdy`: the patterns whose matches can count anywhere (standing.h).
  Screening(const Plan& plan, const std::vector<CompiledPattern>& patterns,
            const PatternSet& sturdy);

  // Null: the list is so short that each of its expressions is looked at.
  const List* list(std::uint32_t number) const {
    return number_of_[number] == kNone ? nullptr : &lists_[number_of_[number]];
  }
  BankKernel kernel() const { return kernel_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<List> lists_;
  std::vector<std::uint32_t> number_of_;  // per list of the plan
  BankKernel kernel_ = best_bank_kernel();
};

}  // namespace noshare::detect
