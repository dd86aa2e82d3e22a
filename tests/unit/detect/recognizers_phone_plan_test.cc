// The numbering plans against an independent reader of them (make_phone_cases.py).
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "detect/recognizers/phone_plan.h"

namespace noshare::detect {
namespace {

TEST(PhonePlan, AgreesWithAnIndependentReader) {
  std::ifstream cases(NOSHARE_PHONE_CASES);
  std::string digits;
  bool valid = false;
  int total = 0;
  int different = 0;
  std::string first;
  while (cases >> digits >> valid) {
    ++total;
    if ((judge_international(digits) == PhoneVerdict::kValid) == valid) continue;
    ++different;
    if (first.empty()) first = digits;
  }
  ASSERT_GT(total, 10'000);
  // What differs: local numbers of islands that share a calling code, whose missing area
  // code libphonenumber adds, and carrier codes of Brazil and Argentina
  // (make_phone_table.py).
  EXPECT_LE(different * 200, total)
      << different << " of " << total << ", such as " << first;
}

}  // namespace
}  // namespace noshare::detect
