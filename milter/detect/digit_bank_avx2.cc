// The kernel for AVX2. This file is compiled with -mavx2, and includes nothing that other
// files could share inline code of.
#if defined(__x86_64__)
#include "detect/digit_bank_rows.h"

namespace noshare::detect {
namespace {

#include "detect/digit_bank_rows.inc"

}  // namespace

void test_rows_avx2(const BankRows& rows, const std::uint8_t* digits, std::size_t count,
                    std::uint8_t* passing) {
  test_rows(rows, digits, count, passing);
}

}  // namespace noshare::detect

#endif
