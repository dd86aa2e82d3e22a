#include "detect/requirement.h"

#include <gtest/gtest.h>

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* regex;
  const char* expected;
};
class RequirementOf : public testing::TestWithParam<Case> {};

TEST_P(RequirementOf, IsTheCheapestAnchor) {
  const auto tree = parse_regex(GetParam().regex, false);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(describe(requirement_of(*tree)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, RequirementOf,
    testing::Values(
        Case{"Digits", "\\d{3}-?\\d{2}-?\\d{4}", "at least 9 digits, gaps of at most 1"},
        Case{"OptionalDigits", "\\d{6}[A-Z]?\\d{0,3}",
             "at least 6 digits, gaps of at most 1"},
        Case{"Quad", "\\d{1,3}(?:\\.\\d{1,3}){3}",
             "at least 3 ':', '-' or '.', gaps of at most 3"},
        Case{"Mail", "[a-z.]{1,64}@[a-z.]{4,250}", "at least 1 '@', gaps of at most 0"},
        Case{"Hardware", "(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}",
             "at least 5 ':', '-' or '.', gaps of at most 2"},
        Case{"Prefix", "AKIA[0-9A-Z]{16}",
             "at least 20 letters and digits in a row, gaps of at most 0"},
        Case{"Prefixes", "(?:ghp|gho)_[0-9A-Za-z]{36}",
             "one of 2 literals, such as 'gho_'"},
        Case{"Capitals", "[A-Z]{6}[A-Z0-9]{2}",
             "at least 8 capitals and digits in a row, gaps of at most 0"},
        Case{"Nothing", "[a-z]{3,9} [a-z]{3,9}", "no anchor: searched everywhere"}),
    [](const auto& one) { return one.param.name; });

TEST(ClusterNeed, KnowsUnboundedGaps) {
  const auto tree = parse_regex("\\d{4} *\\d{4}", false);
  ASSERT_TRUE(tree.has_value());
  const ClusterNeed need = cluster_need(*tree, bytes_of(Landmark::kDigit));
  EXPECT_EQ(need.least, 8U);
  EXPECT_EQ(need.gap, kUnbounded);
  EXPECT_EQ(need.lead, 0U);
}

TEST(LiteralNeed, KnowsHowFarTheLiteralMayStand) {
  const auto tree = parse_regex("[a-z]{2,5}(?:[0-9]x)?token[0-9a-f]+", false);
  ASSERT_TRUE(tree.has_value());
  const auto need = literal_need(*tree);
  ASSERT_TRUE(need.has_value());
  EXPECT_EQ(need->literals, std::vector<std::string>{"token"});
  EXPECT_EQ(need->lead, 7U);
}

}  // namespace
}  // namespace noshare::detect
