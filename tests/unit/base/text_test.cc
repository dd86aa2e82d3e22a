#include "noshare/base/text.h"

#include <gtest/gtest.h>

namespace noshare {
namespace {

struct GlobCase {
  const char* name;
  const char* pattern;
  const char* text;
  bool matches;
};
class Glob : public testing::TestWithParam<GlobCase> {};

TEST_P(Glob, Matches) {
  EXPECT_EQ(glob_match(GetParam().pattern, GetParam().text), GetParam().matches);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Glob,
    testing::Values(GlobCase{"Literal", "example.com", "example.com", true},
                    GlobCase{"IgnoresCase", "Example.COM", "eXample.com", true},
                    GlobCase{"Subdomain", "*.example.com", "mail.example.com", true},
                    GlobCase{"SubdomainIsNotTheDomain", "*.example.com", "example.com",
                             false},
                    GlobCase{"NoSuffixTrick", "example.com", "notexample.com", false},
                    GlobCase{"StarMatchesNothing", "a*b", "ab", true},
                    GlobCase{"StarGoesBack", "*ab*cab", "xababcab", true},
                    GlobCase{"ManyStars", "*a*a*a*", "bbabbabb", false},
                    GlobCase{"EmptyPattern", "", "x", false},
                    GlobCase{"EmptyBoth", "", "", true},
                    GlobCase{"OnlyStar", "*", "", true}),
    [](const auto& one) { return one.param.name; });

struct Utf8Case {
  const char* name;
  std::string bytes;
  bool valid;
  std::string repaired;
};
class Utf8 : public testing::TestWithParam<Utf8Case> {};

TEST_P(Utf8, IsCheckedAndRepaired) {
  EXPECT_EQ(is_valid_utf8(GetParam().bytes), GetParam().valid);
  EXPECT_EQ(to_valid_utf8(GetParam().bytes), GetParam().repaired);
}

constexpr const char* kFffd = "\xEF\xBF\xBD";
INSTANTIATE_TEST_SUITE_P(
    Cases, Utf8,
    testing::Values(
        Utf8Case{"Ascii", "plain", true, "plain"},
        Utf8Case{"TwoBytes", "\xC3\xBC", true, "\xC3\xBC"},
        Utf8Case{"FourBytes", "\xF0\x9F\x92\xB3", true, "\xF0\x9F\x92\xB3"},
        Utf8Case{"Overlong", "\xC0\xAF", false, std::string(kFffd) + kFffd},
        Utf8Case{"Surrogate", "\xED\xA0\x80", false, std::string(kFffd) + kFffd + kFffd},
        Utf8Case{"CutShort", "a\xE2\x82", false, "a" + std::string(kFffd) + kFffd},
        Utf8Case{"TooLarge", "\xF4\x90\x80\x80", false,
                 std::string(kFffd) + kFffd + kFffd + kFffd}),
    [](const auto& one) { return one.param.name; });

TEST(Utf8, EncodesWhatItDecodes) {
  for (const char32_t value :
       {U'\0', U'A', U'\u00E9', U'\u20AC', U'\uFFFD', U'\U0001F4B3'}) {
    std::string text;
    append_utf8(text, value);
    const CodePoint point = code_point_at(text, 0);
    EXPECT_EQ(point.value, value);
    EXPECT_EQ(point.bytes, text.size());
  }
}

TEST(Utf8, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_code_points("Z\xC3\xBCrich \xE2\x82\xAC"), 8U);
}

TEST(Ascii, IsFoundAtEveryPlaceOfABlock) {
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'x');
    EXPECT_TRUE(is_ascii(text));
    text[at] = '\x80';
    EXPECT_FALSE(is_ascii(text)) << at;
  }
}

TEST(Closest, SuggestsATypingErrorButNotAnotherWord) {
  const std::vector<std::string> keys = {"recipients", "workers", "organisation"};
  EXPECT_EQ(closest("recipents", keys), "recipients");
  EXPECT_EQ(closest("wrokers", keys), "workers");
  EXPECT_EQ(closest("Organization", keys), "organisation");
  EXPECT_EQ(closest("zebra", keys), std::nullopt);
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
}

}  // namespace
}  // namespace noshare
