// Sixteen digit conditions side by side, and the kernels that test them.
//
// Included by the file that is compiled for AVX2 alone: nothing here may be inline code
// that other files share.
#pragma once

#include <cstddef>
#include <cstdint>

namespace noshare::detect {

inline constexpr std::size_t kMostBankDigits = 24;

struct alignas(64) BankRows {
  static constexpr std::size_t kRows = 16;

  std::int16_t weights[kMostBankDigits][kRows];
  std::int16_t high_weights[kMostBankDigits][kRows];  // for digits from 5 on
  std::int16_t plus[kRows];
  std::uint32_t inverse[kRows];  // 2^22 / modulus, rounded up
  std::uint32_t modulus[kRows];
  std::uint32_t first[2][kRows], width[2][kRows];  // intervals, and how many they hold
  bool has_high_weights;
};

// Where a row's condition does not hold, `passing` becomes 0; `passing` is 0 or 1.
using BankKernel = void (*)(const BankRows& rows, const std::uint8_t* digits,
                            std::size_t count, std::uint8_t* passing);
void test_rows_portable(const BankRows& rows, const std::uint8_t* digits,
                        std::size_t count, std::uint8_t* passing);
#if defined(__x86_64__)
void test_rows_avx2(const BankRows& rows, const std::uint8_t* digits, std::size_t count,
                    std::uint8_t* passing);
#endif

}  // namespace noshare::detect
