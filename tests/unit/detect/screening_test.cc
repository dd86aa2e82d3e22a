// What is left out before the checks run would not have passed them.
#include "detect/screening.h"

#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "detect/check.h"

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* check;
  const char* parameters;
};

// A rule of each family that states conditions, and its options.
const Case kCases[] = {
    {"Luhn", "luhn", "null"},
    {"LuhnBehindAPrefix", "luhn", R"({"prefix": "80840"})"},
    {"Mod97Moved", "mod97", R"({"move": 4})"},
    {"Iso7064", "iso7064", R"({"mod": [97, 10]})"},
    {"Iso7064WithX", "iso7064", R"({"mod": [11, 2]})"},
    {"ModuloOfAllBefore", "modulo", R"({"modulus": 11})"},
    {"ModuloSubtracted", "modulo",
     R"({"modulus": 97, "subtract": true, "check_length": 2})"},
    {"ModuloWithPrefix", "modulo", R"({"modulus": 23, "prefixes": ["2"], "from": 1})"},
    {"Weighted", "weighted", R"({"weights": [7, 3, 1], "cyclic": true, "modulus": 10})"},
    {"WeightedSubtracted", "weighted",
     R"({"weights": [2, 3, 4, 5, 6, 7], "cyclic": true, "align": "right", "modulus": 11,
         "subtract": true, "results": {"10": 0}})"},
    {"WeightedNeverIssued", "weighted",
     R"({"weights": [10, 9, 8, 7, 6, 5, 4, 3, 2], "modulus": 11, "subtract": true,
         "results": {"10": null}})"},
    {"WeightedWithNegative", "weighted",
     R"({"weights": [-1, 4, -5, 10], "cyclic": true, "modulus": 11, "times": -3,
         "plus": 7, "then_modulus": 10})"},
    {"WeightedSumOfDigits", "weighted",
     R"({"weights": [1, 2], "cyclic": true, "modulus": 10, "sum_digits": true,
         "subtract": true})"},
    {"WeightedRemainder", "weighted",
     R"({"weights": [9, 8, 7, 6, 5, 4, 3, 2, -1], "modulus": 11, "cyclic": true,
         "remainder": 0})"},
    {"WeightedInTheMiddle", "weighted",
     R"({"weights": [3, 1], "cyclic": true, "modulus": 10, "from": 1, "to": -3,
         "check": -3})"},
    {"WeightedTwoDigits", "weighted",
     R"({"weights": [1, 2, 3, 4, 5], "cyclic": true, "modulus": 89, "check_length": 2})"},
    {"Range", "range", R"({"at": 1, "within": ["001-665", "667-899"]})"},
    {"RangeOutside", "range", R"({"within": ["10-59"], "outside": ["33-35"]})"},
    {"Prefix", "prefix", R"({"at": 2, "any_of": ["1", "2", "3", "7"]})"},
    {"PrefixNone", "prefix", R"({"none_of": ["0"]})"},
    {"Length", "length", R"({"is": [8, 10, 11]})"},
    {"Date", "date", R"({"layout": "YYMMDD"})"},
    {"DateWithOffsets", "date",
     R"({"layout": "DDMMYY", "day_offsets": [0, 40], "month_offsets": [0, 20, 50]})"},
    {"Slice", "slice", R"({"from": 1, "then": {"luhn": {}}})"},
    {"SliceOfTwo", "slice",
     R"({"parts": [[0, 4], [-3, 0]],
         "then": {"weighted": {"weights": [3, 1], "cyclic": true, "modulus": 7}}})"},
    {"AllOf", "all_of", R"([{"luhn": {}}, {"prefix": {"any_of": ["1", "2"]}}])"},
};

class DigitConditionsOf : public testing::TestWithParam<Case> {};

bool holds(const DigitCondition& condition, const std::string& value) {
  int sum = condition.plus;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const int digit = value[i] - '0';
    sum += condition.weights[i] * digit + (digit >= 5 ? condition.high_weights[i] : 0);
  }
  const int rest = sum % condition.modulus;
  return std::any_of(condition.allowed.begin(), condition.allowed.end(),
                     [&](const auto& interval) {
                       return rest >= interval.first && rest <= interval.last;
                     });
}

TEST_P(DigitConditionsOf, HoldForWhatPassesAndTellItWhenExact) {
  const auto check =
      make_check({GetParam().check, Json::parse(GetParam().parameters), 1});
  ASSERT_TRUE(check.has_value()) << check.error().message;
  std::mt19937 random(7);
  for (std::size_t digits = 4; digits <= 18; ++digits) {
    const DigitConditions conditions = (*check)->digit_conditions(digits);
    for (int round = 0; round < 4'000; ++round) {
      std::string value;
      for (std::size_t i = 0; i < digits; ++i)
        value.push_back(static_cast<char>('0' + random() % (round % 3 == 0 ? 3 : 10)));
      const bool hold =
          std::all_of(conditions.all.begin(), conditions.all.end(),
                      [&](const DigitCondition& one) { return holds(one, value); });
      const bool passes = (*check)->passes(value, value);
      ASSERT_TRUE(hold || !passes) << value << " passes";
      if (conditions.exact) {
        ASSERT_EQ(hold, passes) << value;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, DigitConditionsOf, testing::ValuesIn(kCases),
                         [](const auto& one) { return one.param.name; });

TEST(DigitConditions, OfACheckDigitLeaveAboutOneNumberInTen) {
  const auto check = make_check(
      {"weighted",
       Json::parse(R"({"weights": [7, 3, 1], "cyclic": true, "modulus": 10})"), 1});
  ASSERT_TRUE(check.has_value());
  const DigitConditions conditions = (*check)->digit_conditions(9);
  ASSERT_EQ(conditions.all.size(), 1U);
  EXPECT_TRUE(conditions.exact);
  int left = 0;
  for (int number = 100'000'000; number < 100'010'000; ++number)
    left += holds(conditions.all.front(), std::to_string(number)) ? 1 : 0;
  EXPECT_EQ(left, 1'000);
}

TEST(DigitBank, SaysOfAllMembersWhatEachConditionSays) {
  std::vector<DigitConditions> conditions(1);  // the first has none: it always remains
  for (const Case& one : kCases) {
    const auto check = make_check({one.check, Json::parse(one.parameters), 1});
    ASSERT_TRUE(check.has_value());
    conditions.push_back((*check)->digit_conditions(11));
  }
  std::vector<const DigitConditions*> members;
  for (const DigitConditions& one : conditions) members.push_back(&one);
  const DigitBank bank(11, members);
  std::vector<BankKernel> kernels = {test_rows_portable};
  if (best_bank_kernel() != test_rows_portable) kernels.push_back(best_bank_kernel());
  std::mt19937 random(11);
  for (int round = 0; round < 2'000; ++round) {
    MatchDigits digits;
    std::string value;
    for (digits.count = 0; digits.count < 11; ++digits.count) {
      const auto digit = static_cast<unsigned>(random() % 10);
      digits.values[digits.count] = static_cast<std::uint8_t>(digit);
      value.push_back(static_cast<char>('0' + digit));
    }
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      if (std::all_of(conditions[i].all.begin(), conditions[i].all.end(),
                      [&](const DigitCondition& one) { return holds(one, value); }))
        expected.push_back(i);
    }
    for (const BankKernel kernel : kernels) {
      std::vector<std::size_t> left;
      bank.remaining(digits.values, kernel, members.size(),
                     [&](std::size_t member) { left.push_back(member); });
      ASSERT_EQ(left, expected) << value;
    }
  }
}

}  // namespace
}  // namespace noshare::detect
