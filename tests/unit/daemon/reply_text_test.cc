#include "daemon/reply_text.h"

#include <gtest/gtest.h>

namespace noshare::daemon {
namespace {

struct ReplyCase {
  const char* name;
  char kind;
  const char* given;
  const char* code;
  const char* enhanced;
  const char* text;
};

class ReplyText : public ::testing::TestWithParam<ReplyCase> {};

TEST_P(ReplyText, IsSafeForTheWire) {
  const ReplyCase& one = GetParam();
  const Reply reply = make_reply(one.kind, one.given, "NS-1");
  EXPECT_EQ(reply.code, one.code);
  EXPECT_EQ(reply.enhanced, one.enhanced);
  EXPECT_EQ(reply.text, one.text);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ReplyText,
    ::testing::Values(
        ReplyCase{"TakesItsCodes", '5', "554 5.7.0 no {case}", "554", "5.7.0", "no NS-1"},
        ReplyCase{"AddsCodesThatAreMissing", '5', "no {case}", "550", "5.7.1", "no NS-1"},
        ReplyCase{"AddsTheCaseAtTheEnd", '5', "550 5.7.1 no", "550", "5.7.1",
                  "no (case NS-1)"},
        ReplyCase{"DoublesPercentSigns", '5', "100% {case}", "550", "5.7.1",
                  "100%% NS-1"},
        ReplyCase{"DropsCodesOfTheOtherKind", '5', "451 4.7.1 no {case}", "550", "5.7.1",
                  "no NS-1"},
        ReplyCase{"KeepsADeferral", '4', "450 4.2.0 wait {case}", "450", "4.2.0",
                  "wait NS-1"},
        ReplyCase{"BreaksNoLine", '5', "a\r\nb\tc {case}", "550", "5.7.1", "a  b c NS-1"},
        ReplyCase{"ShowsOnlyAscii", '5',
                  "stra\xC3\x9F"
                  "e {case}",
                  "550", "5.7.1", "stra?e NS-1"},
        ReplyCase{"IsNotFooledByANumber", '5', "16 cards {case}", "550", "5.7.1",
                  "16 cards NS-1"}),
    [](const auto& one) { return one.param.name; });

TEST(ReplyText, KeepsTheCaseNumberWhenItCutsTheRest) {
  const std::string longest(2000, 'x');
  for (const std::string& text :
       {longest, longest + " {case} tail", "{case} " + longest}) {
    const Reply reply = make_reply('5', text, "NS-1");
    EXPECT_LE(reply.text.size(), 500U);
    EXPECT_NE(reply.text.find("NS-1"), std::string::npos);
  }
}

TEST(ReplyText, LeavesNoPlaceholderWithoutACase) {
  EXPECT_EQ(make_reply('4', "later {case}", {}).text, "later ");
  EXPECT_FALSE(make_reply('4', "", {}).text.empty());
}

}  // namespace
}  // namespace noshare::daemon
