// Telephone numbers: what is found in which words, and what is not.
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/recognizers/phone_plan.h"
#include "recognizers_support.h"

namespace noshare::detect {
namespace {

std::vector<SeenCandidate> phones(std::string_view text) {
  const auto recognizer =
      make_recognizer(pattern_of("phone", {"tel", "phone", "mobil", "电话"}));
  return run_recognizer(**recognizer, text);
}

struct PhoneCase {
  const char* name;
  const char* text;
  const char* value;  // "": nothing is found
  const char* digits;
  int at_least = 0;
};

class Phones : public testing::TestWithParam<PhoneCase> {};

TEST_P(Phones, AreFoundAsWritten) {
  const auto& [name, text, value, digits, at_least] = GetParam();
  const auto found = phones(text);
  if (*value == '\0') {
    EXPECT_EQ(found.size(), 0U) << found.front().value;
    return;
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, value);
  EXPECT_EQ(found[0].normalised, digits);
  EXPECT_GE(found[0].confidence, at_least);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Phones,
    testing::Values(
        PhoneCase{"International", "call +1 571 555 0100 now", "+1 571 555 0100",
                  "15715550100", 85},
        PhoneCase{"TrunkZeroInBrackets", "+44 (0)20 7946 0958.", "+44 (0)20 7946 0958",
                  "442079460958", 85},
        PhoneCase{"ExitCode", "0044 20 7946 0958", "0044 20 7946 0958", "442079460958",
                  65},
        PhoneCase{"AddressOfTheNetwork", "tel via 216.136.130.22; 05 Sep", "", ""},
        PhoneCase{"Version", "tel MSHTML 6.00.2900.2180", "", ""},
        PhoneCase{"Postcode", "text: Boston, MA 02110-1301, phone", "", ""},
        PhoneCase{"TimeInALog", "phone kernel: [066653.266354] usb", "", ""},
        PhoneCase{"FourDottedGroups", "tel 02.123.45.67", "02.123.45.67", "021234567"},
        PhoneCase{"AreaAndDot", "mobil 06.12328980", "06.12328980", "0612328980"},
        PhoneCase{"WholeInBrackets", "(+447400138983)", "+447400138983", "447400138983"},
        PhoneCase{"DigitsOfAKey", "phone 4AEE 18F8 3AFD EB23 0171 1234 5678 ABCD", "",
                  ""},
        PhoneCase{"AreaInBrackets", "at (571) 555-0100, daily", "(571) 555-0100",
                  "15715550100", 65},
        PhoneCase{"Hyphens", "571-555-0100", "571-555-0100", "15715550100", 65},
        PhoneCase{"BritishGrouping", "020 7946 0958", "020 7946 0958", "02079460958", 65},
        PhoneCase{"GermanSlash", "Mobil 0171/1234567", "0171/1234567", "01711234567", 65},
        PhoneCase{"FrenchPairs", "01 99 00 12 34", "01 99 00 12 34", "0199001234", 25},
        PhoneCase{"Extension", "571-555-0100 x42", "571-555-0100 x42", "15715550100", 65},
        PhoneCase{"BareDigitsBesideACue", "phone 5715550100", "5715550100", "5715550100",
                  20},
        PhoneCase{"NoSpaceInChinese", "电话是02079460958", "02079460958", "02079460958",
                  20},
        PhoneCase{"BareDigitsWithoutCue", "number 5715550100", "", ""},
        PhoneCase{"BesideANumberInATable", "a@x.example,+33 6 39 98 12 34,4 rue Hugo",
                  "+33 6 39 98 12 34", "33639981234", 60},
        PhoneCase{"AreaApartByAHyphen", "ring 070-123 45 67", "070-123 45 67",
                  "0701234567", 65},
        PhoneCase{"Date", "phone on 16/04/2010", "", ""},
        PhoneCase{"Years", "phone 2009/2010", "", ""},
        PhoneCase{"Timestamp", "2002-08-29 10:15:22", "", ""},
        PhoneCase{"IpAddress", "phone 192.0.2.101:8080", "", ""},
        PhoneCase{"Card", "4111 1111 1111 1111", "", ""},
        PhoneCase{"BookNumber", "978-3-16-148410-0", "", ""},
        PhoneCase{"Fraction", "phone -77.034040723966", "", ""},
        PhoneCase{"TailOfAnId", "ID-571-555-0100", "", ""},
        PhoneCase{"InsideUrl", "https://example.com/571-555-0100", "", ""},
        PhoneCase{"SocialSecurityNumber", "219-09-9999", "", ""},
        PhoneCase{"Price", "USD 1.234.567,89", "", ""}),
    [](const auto& one) { return one.param.name; });

TEST(PhoneRecognizer, FindsEachOfSeveralInOneLine) {
  const auto found = phones("571-555-0100 571-555-0101 +44 20 7946 0958 2004");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].value, "571-555-0100");
  EXPECT_EQ(found[1].value, "571-555-0101");
}

TEST(PhoneRecognizer, TakesTimeLinearInHostileText) {
  std::string text;
  while (text.size() < 1'000'000) text += "+1 (2)3-4 5.6/7 ";
  const auto begin = std::chrono::steady_clock::now();
  phones(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(PhonePlan, JudgesWhatFollowsThePlus) {
  EXPECT_EQ(judge_international("442079460958"), PhoneVerdict::kValid);
  EXPECT_EQ(judge_international("15715550100"), PhoneVerdict::kValid);
  EXPECT_EQ(judge_international("15555550100"), PhoneVerdict::kPossible);
  EXPECT_EQ(judge_international("999123456789"), PhoneVerdict::kNo);
  EXPECT_EQ(judge_international(""), PhoneVerdict::kNo);
  EXPECT_EQ(judge_international("abcdefgh"), PhoneVerdict::kNo);
}

}  // namespace
}  // namespace noshare::detect
