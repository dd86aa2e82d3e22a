// Tests of rich text: what of it is read, and what of it is shown.
#include <string>

#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

TEST(Rtf, ReadsTextAndLeavesOutFontsAndPictures) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial 12;}}{\\info{\\author An "
              "Author}}\\f0 Stra\\'dfe \\u8364?5\\par 41{\\b 11}\\~11\\cell b\\row}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "Straße €5\n4111 11\tb"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kDocument, "Arial"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "An Author"), nullptr);
}

TEST(Rtf, BrokenNestingLosesNothing) {
  const Extracted extracted = read_as("a.rtf", "{\\rtf1 one}}}} two {{{ three");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "one two  three"), nullptr);
}

TEST(Rtf, AnObjectInsideIsUnreadable) {
  const Extracted extracted =
      read_as("a.rtf", "{\\rtf1 text {\\object{\\*\\objdata 0105000002000000}}}");
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kUnsupported), nullptr);
}

TEST(Rtf, ShowsTextWithoutWhatIsHidden) {
  for (const char* inside : {"{\\v 77}", "{\\deleted 77}", "{\\footnote 77}"}) {
    const Extracted extracted =
        read_as("a.rtf", std::string("{\\rtf1 4111 11") + inside + "11}");
    EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr) << inside;
    EXPECT_NE(find_text(extracted, Zone::kDocument, "77"), nullptr) << inside;
  }
}

TEST(Rtf, ShowsTextWithoutWhatIsWhite) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\colortbl;\\red255\\green255\\blue255;\\red255\\green0\\blue0;}"
              "4111 11{\\cf1 77}1{\\cf2 1}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

TEST(Rtf, ShowsTextWithoutWhatIsTiny) {
  const Extracted extracted = read_as("a.rtf", "{\\rtf1 4111 11{\\fs2 77}1{\\fs20 1}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

TEST(Rtf, ReadsNamesThatTellOfANumber) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s1 card 4111 1111 1;}}hi}");
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "card 4111 1111 1"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kMetadata, "Arial"), nullptr);
}

TEST(Rtf, PartsTheNameAndTheValueOfAVariable) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\*\\docvar {card}{4111 1111}}{\\*\\userprops"
              "{\\propname iban}{\\staticval GB29}}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card\n4111 1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "iban\n"), nullptr);
}

TEST(Rtf, ReadsEscapesOfLinks) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://a.example/?c="
              "4111%201111%201111%201111\"}{\\fldrslt x}}}");
  EXPECT_NE(find_text(extracted, Zone::kBody, "4111 1111 1111 1111"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
