// Digit bank: the check digits of many patterns, tested at once for one number.
//
// In:  conditions of patterns for numbers of n digits     Out: which patterns remain
// Sixteen patterns are rows of vectors: a number's digits are multiplied with all their
// weights together, so that one more pattern costs a nanosecond, not another look at the
// number. Immutable once built.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "detect/digit_bank_rows.h"
#include "detect/digit_condition.h"

namespace noshare::detect {

BankKernel best_bank_kernel();

class DigitBank {
 public:
  static constexpr std::size_t kMostMembers = 256;

  // members  each with its conditions; with none it always remains
  DigitBank(std::size_t digits, std::span<const DigitConditions* const> members);

  // Calls on_member(index) for each of the first `members` whose conditions hold, in
  // rising order. `digits` holds kMostBankDigits values from 0 to 9, the number's first.
  template <class OnMember>
  void remaining(const std::uint8_t* digits, BankKernel kernel, std::size_t members,
                 OnMember&& on_member) const {
    alignas(64) std::uint8_t passing[kMostMembers];
    std::fill_n(passing, blocks_ * BankRows::kRows, std::uint8_t{1});
    for (const Layer& layer : layers_) {
      if (layer.block * BankRows::kRows >= members) break;
      kernel(layer.rows, digits, digits_, passing + layer.block * BankRows::kRows);
    }
    for (std::size_t i = 0; i < members; i += sizeof(std::uint64_t)) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, passing + i, sizeof eight);
      for (; eight != 0; eight &= eight - 1) {
        const std::size_t member =
            i + static_cast<std::size_t>(std::countr_zero(eight)) / 8;
        if (member < members) on_member(member);
      }
    }
  }

 private:
  struct Layer {
    std::size_t block = 0;  // of sixteen members
    BankRows rows;
  };
  std::size_t digits_;
  std::size_t blocks_;
  std::vector<Layer> layers_;
};

}  // namespace noshare::detect
