#include "detect/regex.h"

#include <gtest/gtest.h>

#include "detect/automaton.h"
#include "engine_support.h"

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* regex;
  const char* text;
  bool whole;  // does it match the whole text
  bool ignore_case = false;
};

class Regex : public testing::TestWithParam<Case> {};

TEST_P(Regex, MatchesTheWholeText) {
  const Case& test = GetParam();
  const auto tree = parse_regex(test.regex, test.ignore_case);
  ASSERT_TRUE(tree.has_value()) << tree.error().message;
  const std::string_view text = test.text;
  EXPECT_EQ(slow_ends(*tree, text, 0).contains(static_cast<std::uint32_t>(text.size())),
            test.whole);

  const AutomatonMember member{&*tree, 5};
  std::uint32_t faulty = 0;
  const auto automata = build_automata({&member, 1}, faulty);
  ASSERT_TRUE(automata.has_value());
  bool whole = false;
  automata->front().run(text.data(), text.data() + text.size(),
                        [&](const char* end, std::uint32_t list) {
                          EXPECT_EQ(automata->front().ids(list).front(), 5U);
                          whole = end == text.data() + text.size();
                        });
  EXPECT_EQ(whole, test.whole);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Regex,
    testing::Values(
        Case{"Literal", "abc", "abc", true}, Case{"OtherCase", "abc", "aBc", false},
        Case{"IgnoringCase", "abc", "aBC", true, true},
        Case{"FlagInside", "a(?i)bc", "aBC", true},
        Case{"FlagOfGroupEnds", "(?i:a)b", "AB", false},
        Case{"Class", "[a-c_-]+", "ab-_c", true},
        Case{"BracketFirstInClass", "[]a]+", "a]", true},
        Case{"NegatedTakesCharacters", "[^a]{2}", "\xC3\xA4\xE2\x82\xAC", true},
        Case{"DotTakesCharacters", "..", "\xC3\xA4x", true},
        Case{"DotLeavesNewlines", ".", "\n", false},
        Case{"Range", "[\xC3\xA4-\xC3\xBC]", "\xC3\xB6", true},
        Case{"RangeIgnoringCase", "[\xC3\xA4-\xC3\xBC]", "\xC3\x96", true, true},
        Case{"Alternatives", "(?:ab|c|)d", "d", true},
        Case{"Counted", "(?:ab){2,3}", "abababab", false},
        Case{"Unbounded", "(?:ab){2,}", "abababab", true},
        Case{"LazyIsTheSame", "a+?b", "aaab", true},
        Case{"Digits", "\\d\\D\\w\\s", "1x_ ", true},
        Case{"Hexadecimal", "\\x41\\x{20AC}", "A\xE2\x82\xAC", true},
        Case{"EscapedMarks", "\\.\\-\\/\\(", ".-/(", true}),
    [](const auto& one) { return one.param.name; });

struct Fault {
  const char* name;
  const char* regex;
  const char* message;
};
class RegexFault : public testing::TestWithParam<Fault> {};

TEST_P(RegexFault, IsToldWithItsPlace) {
  const auto tree = parse_regex(GetParam().regex, false);
  ASSERT_FALSE(tree.has_value());
  EXPECT_EQ(tree.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, RegexFault,
    testing::Values(
        Fault{"OpenGroup", "a(b", "missing ')' at 3 of 'a(b'"},
        Fault{"ClosedTooOften", "ab)", "unexpected ')' at 2 of 'ab)'"},
        Fault{"OpenClass", "[ab", "missing ']' at 3 of '[ab'"},
        Fault{"NothingToRepeat", "+a", "unexpected '+' at 0 of '+a'"},
        Fault{"BadBounds", "a{3,2}", "bad repetition at 6 of 'a{3,2}'"},
        Fault{"WordEdge", "\\bab",
              "'\\b' is not supported (use `edges`) at 1 of '\\bab'"},
        Fault{"LookAhead", "a(?=b)",
              "look-around and flags are not supported at 1 of 'a(?=b)'"},
        Fault{"Anchor", "^a", "'^' and '$' are not supported (use `edges`) at 0 of '^a'"},
        Fault{"RangeOutOfOrder", "[b-a]", "range out of order at 4 of '[b-a]'"}),
    [](const auto& one) { return one.param.name; });

TEST(RegexWidth, CountsBytes) {
  const auto tree = parse_regex("a{2,3}(?:\xC3\xA4|b)?c*", false);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(width_of(*tree).least, 2U);
  EXPECT_EQ(width_of(*tree).most, kUnbounded);
}

TEST(Automata, AreSplitWhenTogetherTooLarge) {
  // Each counts from its own first letter, so that together they have to remember all.
  std::vector<RegexNode> trees;
  for (const char* regex :
       {"(?:[ab]*a[ab]{7})", "(?:[ab]*b[ab]{8})", "(?:[ab]*a[ab]{9})"}) {
    auto tree = parse_regex(regex, false);
    ASSERT_TRUE(tree.has_value());
    trees.push_back(std::move(*tree));
  }
  std::vector<AutomatonMember> members;
  for (std::uint32_t i = 0; i < trees.size(); ++i) members.push_back({&trees[i], i});
  std::uint32_t faulty = 99;
  const auto automata = build_automata(members, faulty);
  ASSERT_TRUE(automata.has_value());
  EXPECT_GE(automata->size(), 1U);
}

TEST(Automata, RefuseWhatIsTooComplex) {
  const auto tree = parse_regex("[ab]*a[ab]{20}", false);
  ASSERT_TRUE(tree.has_value());
  const AutomatonMember member{&*tree, 3};
  std::uint32_t faulty = 99;
  EXPECT_FALSE(build_automata({&member, 1}, faulty).has_value());
  EXPECT_EQ(faulty, 3U);
}

}  // namespace
}  // namespace noshare::detect
