#include "detect/edges.h"

#include <gtest/gtest.h>

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* before;
  const char* match;
  const char* after;
  bool word;   // both edges hold with Edges::kWord
  bool alone;  // no piece of something longer
  bool address = false;
};
class EdgesOf : public testing::TestWithParam<Case> {};

TEST_P(EdgesOf, TellValuesFromPieces) {
  const Case& test = GetParam();
  const std::string text = std::string(test.before) + test.match + test.after;
  const auto begin = static_cast<std::uint32_t>(std::string_view(test.before).size());
  const auto end =
      static_cast<std::uint32_t>(begin + std::string_view(test.match).size());
  EXPECT_EQ(left_edge_holds(text, begin, config::Edges::kWord) &&
                right_edge_holds(text, end, config::Edges::kWord),
            test.word);
  EXPECT_EQ(!is_piece_of_longer(text, {begin, end}), test.alone);
  EXPECT_EQ(is_inside_address(text, {begin, end}), test.address);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, EdgesOf,
    testing::Values(
        Case{"ByItself", "", "123456789", "", true, true},
        Case{"InASentence", "is ", "123456789", ".", true, true},
        Case{"InQuotes", "\xE2\x80\x9C", "123456789", "\xE2\x80\x9D", true, true},
        Case{"BesideAnUmlaut", "\xC3\xA4", "123456789", "", false, true},
        Case{"BesideHan", "\xE7\xA0\x81", "123456789", "\xE7\xA0\x81", true, true},
        Case{"InALongerNumber", "9", "123456789", "", false, true},
        Case{"BesideUnderscore", "id_", "123456789", "", false, true},
        Case{"ADecimal", "0.", "123456789", "", true, false},
        Case{"BeforeADecimalPoint", "", "123456789", ".25", true, false},
        Case{"BeforeADecimalComma", "", "123456789", ",25 EUR", true, false},
        Case{"AFieldOfATable", "a,", "123456789", ",25,b", true, true},
        Case{"GoesOnBehindAHyphen", "2026-", "123456789", "", true, false},
        Case{"ALabelWithHyphen", "SSN-", "123456789", "", true, true},
        Case{"AGroupOfAnIdentifier", "e29b-", "446655440000", "", true, false},
        Case{"AMessageId", "<", "123456789", "@host.example>", true, false, true},
        Case{"InALink", "https://shop.example/order?n=", "123456789", "&x=1", true, true,
             true},
        Case{"BehindTwoDots", "a..", "bc@example.com", "", true, false},
        Case{"BehindALoneDot", "and .", "abc@example.com", "", true, false},
        Case{"BehindDotLeaders", "E-mail.....", "abc@example.com", "", true, true},
        Case{"GroupsOfAFingerprint", "key ", "51:C4:0C:6D:7E:A5:6C:D8", ":8F:B4", true,
             false},
        Case{"DigitsOfAKey", "4AEE 18F8 3AFD EB23 4F1B  5B2C ", "1234 5678 9012 3456",
             " DEF0", true, false},
        Case{"CardsInARow", "4111 1111 1111 1111 ", "5555 5555 5555 4444",
             " 5105 1051 0510 5100", true, true},
        Case{"HostOfAUser", "ssh root@", "192.0.2.7", "", true, true, false},
        Case{"GroupsBehindAColon", "20228:0:99999:", "7::", ":", true, false},
        Case{"GroupsBehindALabel", "IP:", "2001:db8::1", "", true, true},
        Case{"GroupsOfAnAccount", "to GB29 NWBK ", "6016 1331 9268", " 18", true, false},
        Case{"LastGroupsOfAnAccount", "to GB29 NWBK 6016 ", "1331 9268 18", "", true,
             false},
        Case{"BehindLessThanAnAccount", "GB29 ", "4111 1111 1111 1111", "", true, true},
        Case{"BehindACode", "ZZ29 ", "4111 1111 1111 1111", "", true, true},
        Case{"FieldsThatGoOn", "", "1234567/M", "/A/X/000", true, false},
        Case{"AfterAColon", "Card:", "123456789", "", true, true}),
    [](const auto& one) { return one.param.name; });

TEST(EdgesOfDigits, LookAtDigitsAlone) {
  EXPECT_TRUE(left_edge_holds("a123", 1, config::Edges::kDigit));
  EXPECT_FALSE(left_edge_holds("1123", 1, config::Edges::kDigit));
  EXPECT_TRUE(right_edge_holds("123a", 3, config::Edges::kDigit));
  EXPECT_FALSE(right_edge_holds("1234", 3, config::Edges::kDigit));
}

}  // namespace
}  // namespace noshare::detect
