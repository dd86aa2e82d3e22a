// What may stand between a label and its value.
#include "detect/label_gap.h"

#include <gtest/gtest.h>

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* gap;
  bool joins;
};

class LabelGap : public testing::TestWithParam<Case> {};

TEST_P(LabelGap, JoinsALabelToItsValue) {
  EXPECT_EQ(joins_label(GetParam().gap), GetParam().joins);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LabelGap,
    testing::Values(Case{"Nothing", "", true}, Case{"Colon", ": ", true},
                    Case{"Json", "\": \"", true}, Case{"NextLine", ":\n", true},
                    Case{"Leaders", " .......... ", true}, Case{"Verb", " is ", true},
                    Case{"GermanVerb", " lautet ", true}, Case{"Sign", " no. ", true},
                    Case{"Note", " (required): ", true},
                    Case{"Owner", " des Kunden: ", true}, Case{"Markup", "</b> ", true},
                    Case{"Arrow", " \u2192 ", true}, Case{"CellOfATable", " | ", true},
                    Case{"Japanese", "\u306F", true},
                    Case{"Whose", " of my new card is ", true},
                    Case{"WhoseInGerman", " von Frau Roe lautet ", true},
                    Case{"WhoseWithoutVerb", " of my new card and ", false},
                    Case{"WhoseInTwoSentences", " of mine. The gate is ", false},
                    Case{"OtherWords", " for the order of ", false},
                    Case{"OtherNumber", ": 12, ref ", false},
                    Case{"NextField", ": open, ticket: ", false},
                    Case{"SentenceBetween", ". We have paid ", false},
                    Case{"TooFar",
                         " ................................................"
                         "................................ ",
                         false}),
    [](const auto& one) { return one.param.name; });

class LabelGapBehind : public testing::TestWithParam<Case> {};

TEST_P(LabelGapBehind, JoinsAValueToTheLabelBehindIt) {
  EXPECT_EQ(joins_label_behind(GetParam().gap), GetParam().joins);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LabelGapBehind,
    testing::Values(Case{"Verb", " is my ", true},
                    Case{"Record", " on record as the ", true},
                    Case{"Parenthesis", " (", true}, Case{"German", " ist die ", true},
                    Case{"Nothing", "", false}, Case{"Space", " ", false},
                    Case{"OwnerAlone", " the ", false}, Case{"Comma", ", ", false},
                    Case{"OtherWords", " was sent to ", false}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace noshare::detect
