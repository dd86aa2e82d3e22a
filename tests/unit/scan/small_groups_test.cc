// Tables that count people: which cells count a few only.
#include "scan/small_groups.h"

#include <gtest/gtest.h>

namespace noshare::scan {
namespace {

struct TableCase {
  const char* name;
  const char* text;
  std::vector<std::uint32_t> sizes;  // of the small groups, in order
};

class SmallGroups : public testing::TestWithParam<TableCase> {};

TEST_P(SmallGroups, AreTheCellsThatCountAFewPeople) {
  std::vector<std::uint32_t> sizes;
  const std::string_view text = GetParam().text;
  for (const SmallGroup& group : small_groups_in(text)) {
    sizes.push_back(group.size);
    EXPECT_EQ(text.substr(group.span.begin, group.span.end - group.span.begin),
              std::to_string(group.size));
  }
  EXPECT_EQ(sizes, GetParam().sizes);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SmallGroups,
    testing::Values(
        TableCase{"Tabs", "town\tpatients\nA\t120\nB\t3\nC\t88\n", {3}},
        TableCase{"Commas", "town,patients\nA,120\nB,3\nC,88", {3}},
        TableCase{"Quoted", "town,patients\n\"A, north\",\"1,120\"\n\"B\",\"4\"\n", {4}},
        TableCase{"Semicolons", "Ort;Kunden\nA;120\nB;3\n", {3}},
        TableCase{
            "Spaces", "town      patients\nA             120\nB               3\n", {3}},
        TableCase{"Drawn",
                  "| town | patients |\n|------|---------:|\n| A    | 120      |\n"
                  "| B    | 3        |\n",
                  {3}},
        TableCase{"Thousands", "town;patients\nA;12.400\nB;1 250\nC;7\n", {7}},
        TableCase{"SeveralColumns", "town;men;women\nA;12;2\nB;130;19\n", {12, 2, 19}},
        TableCase{"OneColumnAmongOthers", "town;revenue;patients\nA;3;40\nB;4;2\n", {2}},
        TableCase{"Title", "Customers by town\n\nA;B\nnorth;12\nsouth;300\n", {12}},
        TableCase{"TotalIsNoGroup", "town;patients\nA;3\nB;4\ntotal;7\n", {3, 4}},
        TableCase{
            "SuppressedCellsAreNone", "town;patients\nA;<5\nB;120\nC;-\nD;88\n", {}},
        TableCase{"TwentyIsNotSmall", "town;patients\nA;20\nB;120\n", {}},
        TableCase{"NobodyIsNoGroup", "town;patients\nA;0\nB;120\n", {}},
        TableCase{"OneRowIsNoTable", "town;patients\nA;3\n\nB;3\n", {}},
        TableCase{"Ranks", "name;members\nA;1\nB;2\nC;3\n", {}},
        TableCase{"Rates", "town;patients per bed\nA;3\nB;4\n", {}},
        TableCase{"Percent", "town;patients (%)\nA;3\nB;4\n", {}},
        TableCase{"Fractions", "town;patients\nA;3.5\nB;4.25\n", {}},
        TableCase{"OtherThings", "part;pieces\nA;3\nB;4\n", {}},
        TableCase{"NamesOfPeople", "town;patients\nA;Quill\nB;3\n", {}},
        TableCase{"Prose", "We had 3 customers, 4 patients, 5 members.\nAnd 6.\n", {}},
        TableCase{"Empty", "", {}}),
    [](const auto& given) { return given.param.name; });

TEST(SmallGroupsOf, AreSurerInLargerTables) {
  const auto two = small_groups_in("town;patients\nA;120\nB;3\n");
  const auto three = small_groups_in("town;patients\nA;120\nB;3\nC;99\n");
  const auto total = small_groups_in("town;patients\nA;120\nB;3\nC;99\ntotal;222\n");
  ASSERT_EQ(two.size() * three.size() * total.size(), 1U);
  EXPECT_LT(two[0].confidence, model::kHighConfidence);
  EXPECT_GE(three[0].confidence, model::kHighConfidence);
  EXPECT_GT(total[0].confidence, three[0].confidence);
}

}  // namespace
}  // namespace noshare::scan
