// Rows are filled here; the kernel for any processor, and the choice among kernels.
#include "detect/digit_bank.h"

namespace noshare::detect {
namespace {

#include "detect/digit_bank_rows.inc"

constexpr std::uint32_t kOne = 1U << 22;

void set_row(BankRows& rows, std::size_t row, const DigitCondition& condition) {
  for (std::size_t i = 0; i < kMostBankDigits; ++i) {
    rows.weights[i][row] = condition.weights[i];
    rows.high_weights[i][row] = condition.high_weights[i];
  }
  rows.has_high_weights =
      rows.has_high_weights ||
      std::any_of(condition.high_weights.begin(), condition.high_weights.end(),
                  [](std::int16_t weight) { return weight != 0; });
  const auto modulus = static_cast<std::uint32_t>(condition.modulus);
  rows.plus[row] = static_cast<std::int16_t>(condition.plus);
  rows.modulus[row] = modulus;
  rows.inverse[row] = (kOne + modulus - 1) / modulus;
  for (std::size_t i = 0; i < condition.allowed.size(); ++i) {
    const DigitCondition::Interval& interval = condition.allowed[i];
    rows.first[i][row] = static_cast<std::uint32_t>(interval.first);
    rows.width[i][row] =
        static_cast<std::uint32_t>(std::max(interval.last - interval.first + 1, 0));
  }
}

// A condition that always holds.
DigitCondition no_condition() {
  DigitCondition condition;
  condition.allowed[0] = {0, DigitCondition::kNoModulus};
  return condition;
}

}  // namespace

DigitBank::DigitBank(std::size_t digits, std::span<const DigitConditions* const> members)
    : digits_(digits), blocks_((members.size() + BankRows::kRows - 1) / BankRows::kRows) {
  const DigitCondition none = no_condition();
  for (std::size_t block = 0; block < blocks_; ++block) {
    const auto here = members.subspan(block * BankRows::kRows);
    const std::size_t count = std::min(here.size(), BankRows::kRows);
    for (std::size_t depth = 0;; ++depth) {
      Layer layer{block, {}};
      bool any = false;
      for (std::size_t row = 0; row < BankRows::kRows; ++row) {
        const bool has = row < count && depth < here[row]->all.size();
        any = any || has;
        set_row(layer.rows, row, has ? here[row]->all[depth] : none);
      }
      if (!any) break;
      layers_.push_back(layer);
    }
  }
}

void test_rows_portable(const BankRows& rows, const std::uint8_t* digits,
                        std::size_t count, std::uint8_t* passing) {
  test_rows(rows, digits, count, passing);
}

BankKernel best_bank_kernel() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return test_rows_avx2;
#endif
  return test_rows_portable;
}

}  // namespace noshare::detect
