// Tests of wrappings that take a reader of their own: columns, tags, Morse code, encoded
// groups, charsets that no label names, encrypted members of RAR archives.
#include <string>

#include <gtest/gtest.h>

#include "extract/containers/rar5.h"
#include "extract/disguise/account_view.h"
#include "extract/disguise/code_lists.h"
#include "extract/disguise/digit_view.h"
#include "extract/disguise/escapes.h"
#include "extract/disguise/markup_view.h"
#include "extract/disguise/signal_view.h"
#include "extract/encoded_groups.h"
#include "extract/encodings.h"
#include "extract/other_readings.h"

namespace noshare::extract {
namespace {

using std::string_literals::operator""s;

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(DigitView, ReadsColumns) {
  const std::string card = "card\n4 8 8 1\n0 8 8 8\n1 8 8 8\n2 8 8 1\n";
  EXPECT_TRUE(holds(digit_view(card, false).text, "4012888888881881"));
  const std::string broken = "card\n4 8 8 1\n0 8 8 8\n1 8 8 8\n2 8 8 2\n";
  EXPECT_FALSE(holds(digit_view(broken, false).text, "4012888888881882"));
}

TEST(DigitView, LeavesPartsOfAccountsAlone) {
  EXPECT_EQ(digit_view("account DE89\n3704\n0044\n0532\n0130\n00", false).text, "");
}

TEST(DigitView, ReadsLabelledGroupsOnce) {
  EXPECT_TRUE(holds(digit_view("card p1=4012 p2=8888 p3=8888 p4=1881", false).text,
                    "4012888888881881"));
}

TEST(DigitView, ReadsCardsInsideWords) {
  EXPECT_TRUE(holds(digit_view("the card: x4012888888881881y", false).text,
                    " 4012888888881881\n"));
  EXPECT_TRUE(holds(digit_view("card_4012888888881881_a.pdf", false).text,
                    " 4012888888881881\n"));
  EXPECT_EQ(digit_view("the card: x4012888888881882y", false).text, "");
  EXPECT_EQ(digit_view("the part x4012888888881881y_1", false).text, "");
}

TEST(DigitView, TurnsIdentityNumbersRoundWhereItIsSaid) {
  EXPECT_EQ(digit_view("SSN 6278.22.666", false).text, "");
  const std::string view = digit_view("SSN backwards 9709.12.256", false).text;
  EXPECT_TRUE(holds(view, "652-21-9079"));
  EXPECT_FALSE(holds(view, "970-91-2256"));
}

TEST(AccountView, JoinsScatteredGroups) {
  const std::string view =
      account_view("account part one GB29, part two NWBK, 6016 then 1331 and 9268, 19.",
                   false)
          .text;
  EXPECT_TRUE(holds(view, "GB29NWBK60161331926819"));
  EXPECT_EQ(
      account_view("account GB29, then NWBK, 6016 then 1331 and 9268, 18.", false).text,
      "");
}

TEST(SignalView, ReadsMorseAndBraille) {
  EXPECT_TRUE(holds(signal_view("ssn -.... ..... ..--- / ..--- .---- / ----. ----- --... "
                                "----.",
                                false)
                        .text,
                    "652219079"));
  EXPECT_TRUE(holds(signal_view("ssn ⠼⠋⠑⠃ ⠼⠃⠁ ⠼⠊⠚⠛⠊", false).text, "652219079"));
  EXPECT_EQ(signal_view("----- ----- -----\n.... and so on .....\n", false).text, "");
}

TEST(MarkupView, TakesTagsOut) {
  EXPECT_EQ(without_markup("card\n<b>41</b><b>11</b><i>1</i>", false).text,
            "card\n41111");
  EXPECT_EQ(without_markup("[b]4[/b][b]1[/b][b]1[/b]1", false).text, "4111");
  EXPECT_EQ(without_markup("\x1B[1m41\x1B[0m11", false).text, "4111");
  EXPECT_EQ(without_markup("49\b111", false).text, "4111");
  EXPECT_EQ(without_markup("if (a < b && c > d) [see note]", false).text, "");
}

TEST(Escapes, OfOtherLanguagesAreUndone) {
  EXPECT_TRUE(holds(without_escapes("no \\'34\\'31 11 1111", false).text, "41 11 1111"));
  EXPECT_TRUE(
      holds(without_escapes("no \\000034\\000031 11 1111", false).text, "41 11 1111"));
  EXPECT_TRUE(
      holds(without_escapes("no \\N{DIGIT FOUR}1 11 1111", false).text, "no 41 11 1111"));
}

TEST(ListedCodes, AreReadInCalls) {
  std::string calls = "=CHAR(52)";
  for (int i = 0; i < 8; ++i) calls += "&CHAR(49)";
  EXPECT_TRUE(holds(listed_codes(calls, false).text, "411111111"));
}

TEST(EncodedGroups, AreJoined) {
  const auto runs = runs_in_groups("see bXkg Y2Fy ZCA0 MTEx IDEx MTE\n\nKind regards\n");
  ASSERT_FALSE(runs.empty());
  EXPECT_EQ(runs.back(), "bXkgY2FyZCA0MTExIDExMTE");
  EXPECT_TRUE(
      runs_in_groups("It was a bright cold day in April, and the clocks struck thirteen.")
          .empty());
}

TEST(Encodings, GiveTextOrNothing) {
  EXPECT_EQ(text_in_base85("D0[76@<,m$1bg^>+>GT*0d&2*0eje*0ekB"),
            "my card 4111 1111 1111 1111");
  EXPECT_EQ(text_in_base32("DLSI0OR1E9I20D1H64OJ2C9H64OJ2C9H64OG"),
            "my card 41111111111111");
  EXPECT_EQ(text_in_base32("donaudampfschifffahrtsgesellschaft"), std::nullopt);
  EXPECT_EQ(text_in_base58("FoA8R3yUptLoZ6nDkQWbfYA2wYXFgfgV6eZ2Y"),
            "my card 4111 1111 1111 1111");
  EXPECT_EQ(text_in_base85("if(a[i]>b[i]&&c!=d){return&x;}"), std::nullopt);
  EXPECT_EQ(text_in_base58("3b18e512dba79e4c83aadd18aeb37f8e728b8dad"), std::nullopt);
}

TEST(OtherReadings, AreToldByDigits) {
  const auto gb =
      other_readings("no \xA3\xB4\xA3\xB1\xA3\xB1\xA3\xB1\xA3\xB1\xA3\xB1\xA3\xB1");
  ASSERT_FALSE(gb.empty());
  EXPECT_TRUE(holds(gb[0], "４１１１１１１"));
  const auto high = other_readings("no \xB4\xB1\xB1\xB1\xB1\xB1\xB1");
  ASSERT_EQ(high.size(), 1U);
  EXPECT_EQ(high[0], "no 4111111");
  const auto lengthy =
      other_readings("no \xC0\xB4\xC0\xB1\xE0\x80\xB1\xC0\xB1\xC0\xB1\xC0\xB1\xC0\xB1");
  ASSERT_FALSE(lengthy.empty());
  EXPECT_EQ(lengthy.back(), "no 4111111");
  const auto jis = other_readings("no \x1B$B#4#1\x1B(B");
  ASSERT_EQ(jis.size(), 1U);
  EXPECT_TRUE(holds(jis[0], "４１"));
  EXPECT_TRUE(other_readings("caf\xE9 1999").empty());
}

TEST(Rar5, TellsEncryptedMembers) {
  // An archive header, then the file "a" with an encryption record; its data is one byte.
  const std::string extra = "\x03\x01\x00\x00"s.substr(0, 4);
  const std::string file = "\x02\x03\x04\x01\x00\x01\x20\x00\x00\x01"s + "a"s + extra;
  std::string bytes = "Rar!\x1A\x07\x01\0"s;
  bytes += "crc0\x03\x01\x00\x00"s;
  bytes += "crc1" + std::string(1, static_cast<char>(file.size())) + file + "x";
  const auto names = encrypted_in_rar5(bytes);
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(*names.begin(), "a");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    (void)encrypted_in_rar5(std::string_view(bytes).substr(0, size));
  }
}

}  // namespace
}  // namespace noshare::extract
