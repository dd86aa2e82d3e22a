// Quoted text, signatures, and the people whom quoted heads name.
#include "extract/regions.h"

#include <gtest/gtest.h>

namespace noshare::extract {
namespace {

using model::Region;
using model::RegionKind;

std::string stretch(std::string_view text, RegionKind kind) {
  for (const Region& region : find_regions(text, {})) {
    if (region.kind == kind) {
      return std::string(
          text.substr(region.span.begin, region.span.end - region.span.begin));
    }
  }
  return "";
}

struct RegionCase {
  const char* name;
  std::string text;
  std::string quoted;
  std::string signature;
};

class Regions : public testing::TestWithParam<RegionCase> {};

TEST_P(Regions, AreFound) {
  EXPECT_EQ(stretch(GetParam().text, RegionKind::kQuoted), GetParam().quoted);
  EXPECT_EQ(stretch(GetParam().text, RegionKind::kSignature), GetParam().signature);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Regions,
    testing::Values(
        RegionCase{"None", "hello\nyou\n", "", ""},
        RegionCase{"QuoteMarks", "a\n> b\n>> c\nd\n", "> b\n>> c\n", ""},
        RegionCase{"OriginalMessage", "a\n-----Original Message-----\nb\n",
                   "-----Original Message-----\nb\n", ""},
        RegionCase{"OutlookHead", "a\nFrom: B\nSent: now\nTo: C\n\nold\n",
                   "From: B\nSent: now\nTo: C\n\nold\n", ""},
        RegionCase{"GermanHead", "a\nVon: B\nGesendet: jetzt\nAn: C\nBetreff: x\nalt\n",
                   "Von: B\nGesendet: jetzt\nAn: C\nBetreff: x\nalt\n", ""},
        RegionCase{"OneLabelIsNoHead", "From: the river\nto the sea\n", "", ""},
        RegionCase{"Delimiter", "a\n-- \nAnn\n+1 571 555 0100\n", "",
                   "-- \nAnn\n+1 571 555 0100\n"},
        RegionCase{"Closing", "a\n\nKind regards,\nAnn Lee\nExample Ltd\n", "",
                   "Kind regards,\nAnn Lee\nExample Ltd\n"},
        RegionCase{"GermanClosing", "a\nMit freundlichen Grüßen\nAnn\n", "",
                   "Mit freundlichen Grüßen\nAnn\n"},
        RegionCase{"ClosingBeforeQuote", "a\nCordialement,\nAnn\n> old\n", "> old\n",
                   "Cordialement,\nAnn\n"},
        RegionCase{
            "WhoWroteTheQuoteIsNoSignature",
            "a\n-- \nAnn\n+1 571 555 0100\n\nOn 1 May bo@example.net wrote:\n> y\n",
            "> y\n", "-- \nAnn\n+1 571 555 0100\n\n"},
        RegionCase{"WhoWroteInTwoLines",
                   "a\n-- \nAnn\nOn 1 May 2026 Bo Ek <bo@example.net>\nwrote:\n\n> y\n",
                   "> y\n", "-- \nAnn\n"},
        RegionCase{"WithoutAnAddress", "a\n-- \nAnn\nTom wrote:\n> y\n", "> y\n",
                   "-- \nAnn\n"},
        RegionCase{"TooLongToBeASignature", "Thanks,\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
                   "", ""}),
    [](const auto& c) { return std::string(c.param.name); });

struct HeadCase {
  const char* name;
  std::string text;
  std::string person;  // "name <address>"
};

class QuotedHeads : public testing::TestWithParam<HeadCase> {};

TEST_P(QuotedHeads, NameTheirPeople) {
  std::vector<Participant> people;
  read_quoted_heads(GetParam().text, find_regions(GetParam().text, {}), people);
  std::vector<std::string> seen;
  for (const Participant& person : people) {
    seen.push_back(std::string(person.name.reveal()) + " <" +
                   std::string(person.address.reveal()) + ">");
  }
  EXPECT_NE(std::find(seen.begin(), seen.end(), GetParam().person), seen.end());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, QuotedHeads,
    testing::Values(
        HeadCase{"Wrote",
                 "x\nOn Mon, 1 Jan 2024 at 10:00, Bo Ek <bo@example.net> wrote:\n> y\n",
                 "Bo Ek <bo@example.net>"},
        HeadCase{"WroteInTwoLines",
                 "On Mon, 1 Jan 2024, Bo Ek\n<bo@example.net> wrote:\n> y\n",
                 "Bo Ek <bo@example.net>"},
        HeadCase{"BareAddress", "x\nOn Mon, 1 Jan 2024, bo@example.net wrote:\n> y\n",
                 " <bo@example.net>"},
        HeadCase{"German",
                 "Am 01.01.2024 um 10:00 schrieb Bo Ek <bo@example.net>:\n> y\n",
                 "Bo Ek <bo@example.net>"},
        HeadCase{"OutlookFrom",
                 "-----Original Message-----\nFrom: Bo Ek <bo@example.net>\nTo: "
                 "c@example.org\n",
                 "Bo Ek <bo@example.net>"},
        HeadCase{"OutlookTo",
                 "-----Original Message-----\nFrom: Bo Ek <bo@example.net>\nTo: "
                 "c@example.org\n",
                 " <c@example.org>"}),
    [](const auto& c) { return std::string(c.param.name); });

}  // namespace
}  // namespace noshare::extract
