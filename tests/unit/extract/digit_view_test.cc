// Tests of the second reading of digits in disguise.
#include "extract/digit_view.h"

#include <string>

#include <gtest/gtest.h>

namespace noshare::extract {
namespace {

struct ViewCase {
  std::string name;
  std::string text;
  std::string view;
};

class DigitView : public testing::TestWithParam<ViewCase> {};

TEST_P(DigitView, ReadsDigitsAsMeant) {
  EXPECT_EQ(digit_view(GetParam().text), GetParam().view);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DigitView,
    testing::Values(
        ViewCase{"OneByOne", "card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1.",
                 "card  4111111111111111\n"},
        ViewCase{"Dots", "ssn 6.5.2.2.1.9.0.7.9", "ssn  652-21-9079\n"},
        ViewCase{"Wrapped", "card 4111 1111\r\n1111 1111", "card  4111111111111111\n"},
        ViewCase{"Quoted", "> card 4111 1111\n> 1111 1111", "> card  4111111111111111\n"},
        ViewCase{"Cells", "card\t4111\t1111\t1111\t1111", "card  4111111111111111\n"},
        ViewCase{"LookAlikes", "card 4lll llll llll llll", "card  4111111111111111\n"},
        ViewCase{"Words", "pin six five two two one nine zero seven nine",
                 "pin  652-21-9079\n"}),
    [](const auto& one) { return one.param.name; });

TEST(OverrideView, ShowsTextAsItIsSeen) {
  EXPECT_EQ(override_view("card \xE2\x80\xAE"
                          "1111111111111114\xE2\x80\xAC ok"),
            "card  4111111111111111\n");
  EXPECT_EQ(override_view("card 1111111111111114"), "");
}

TEST(DigitViewOfClean, IsEmpty) {
  for (const char* text :
       {"Card 4111 1111 1111 1111", "2019\t2020\t2021\t2022\t2023", "1, 2, 3, go",
        "one or two or three", "Tel. 030 123 45 67", "12.345.678,90 EUR",
        "loll lollll lloo", "2024-01-02 03:04:05.678"}) {
    EXPECT_EQ(digit_view(text), "") << text;
  }
}

}  // namespace
}  // namespace noshare::extract
