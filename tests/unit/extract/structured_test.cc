// Tests of texts that programs write: XML, vCard, iCalendar, mail boxes, JSON.
#include <string>

#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

TEST(XmlFile, LabelsValuesWithTheNamesOfTheirElements) {
  const Extracted extracted =
      read_as("a.xml",
              "<?xml version=\"1.0\"?>\n<people xmlns:p=\"urn:p\">\n <p:person "
              "ssn=\"652-21-9079\">\n  <card>4111&#49;111</card>\n </p:person>"
              "<!-- a comment --></people>\n");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card: 41111111\n"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kAttribute, "ssn: 652-21-9079"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "a comment"), nullptr);
}

TEST(XmlFile, JoinsElementsInsideRunningText) {
  EXPECT_NE(find_text(read_as("a.xml", "<doc><para>my 41<b>11</b> 1111</para></doc>"),
                      Zone::kDocument, "my 4111 1111"),
            nullptr);
}

TEST(XmlFile, ReadsCharsetsThatExpatDoesNotKnow) {
  EXPECT_NE(find_text(read_as("a.xml",
                              "<?xml version=\"1.0\" encoding=\"windows-1251\"?>"
                              "<name>\xC8\xE2\xE0\xED</name>"),
                      Zone::kDocument, "name: Иван"),
            nullptr);
}

TEST(XmlFile, ExpandsNoEntitiesOfItsOwn) {
  std::string bytes = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"laugh\">";
  for (int i = 1; i < 20; ++i) {
    bytes += "<!ENTITY e" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) bytes += "&e" + std::to_string(i - 1) + ";";
    bytes += "\">";
  }
  const Extracted extracted = read_as("a.xml", bytes + "]><a>&e19;</a>");
  EXPECT_LT(extracted.text_bytes, 10 * bytes.size());
  EXPECT_NE(find_text(extracted, Zone::kDocument, "laugh"), nullptr);
}

TEST(XmlFile, ReadsBrokenXmlAsText) {
  EXPECT_NE(
      find_text(read_as("a.xml", "<a><b>some words</a>"), Zone::kDocument, "some words"),
      nullptr);
}

TEST(Svg, JoinsTextAndLeavesShapesOut) {
  const Extracted extracted =
      read_as("a.svg",
              "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M 4111 1111\"/>"
              "<title>a card</title><text><tspan>4111</tspan><tspan> 1111</tspan>"
              "<tspan x=\"5\">2222</tspan></text></svg>");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111 2222"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "a card"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kAttribute, "M 4111"), nullptr);
}

TEST(FlatOpenDocument, ReadsTextAndTables) {
  const Extracted extracted = read_as(
      "a.fods",
      "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:"
      "opendocument:xmlns:office:1.0\" xmlns:table=\"urn:t\" xmlns:text=\"urn:x\">"
      "<table:table table:name=\"Sheet1\"><table:table-row><table:table-cell><text:p>41"
      "<text:span>11</text:span></text:p></table:table-cell></table:table-row>"
      "</table:table></office:document>");
  const model::Segment* sheet = find_text(extracted, Zone::kCell, "4111");
  ASSERT_NE(sheet, nullptr);
  EXPECT_EQ(sheet->path, "a.fods › Sheet1");
}

class LineEnds : public testing::TestWithParam<std::string> {
 protected:
  static std::string with_ends(const std::string& text) {
    std::string bytes;
    for (char c : text) bytes += c == '\n' ? GetParam() : std::string(1, c);
    return bytes;
  }
};
INSTANTIATE_TEST_SUITE_P(Both, LineEnds, testing::Values("\n", "\r\n"),
                         [](const auto& c) { return c.param == "\n" ? "LF" : "CRLF"; });

TEST_P(LineEnds, OfAVcardAreUnfolded) {
  const Extracted extracted = read_as(
      "a.vcf", with_ends("BEGIN:VCARD\nVERSION:3.0\nNOTE:my card 4111 11\n 11 1111"
                         "\\, thanks\nNOTE;ENCODING=QUOTED-PRINTABLE:first=\n"
                         "=20second=C3=A9\nEND:VCARD\n"));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111 1111, thanks"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "first second\xC3\xA9"), nullptr);
}

TEST_P(LineEnds, OfACalendarInAMailAreUnfolded) {
  const Extracted extracted = read(
      with_ends("From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/calendar\n\n"
                "BEGIN:VCALENDAR\nDESCRIPTION:41\n 11\\n1111\nEND:VCALENDAR\n"));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "DESCRIPTION:4111\n1111"), nullptr);
}

TEST_P(LineEnds, PartTheMessagesOfAMailBox) {
  const std::string message =
      "From x@example.com Thu Jan  1 00:00:00 1970\nFrom: x@example.com\n"
      "Subject: s\nContent-Transfer-Encoding: base64\n\nSGVsbG8gYm9keQ==\n\n";
  const Extracted extracted = read_as("a.mbox", with_ends(message + message));
  std::vector<std::string> paths;
  for (const model::Segment& segment : extracted.segments) {
    if (segment.text.find("Hello body") == std::string::npos) continue;
    paths.push_back(segment.path);
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"a.mbox › message 1 › body",
                                             "a.mbox › message 2 › body"}));
}

TEST(JsonFile, UndoesEscapes) {
  const Extracted extracted = read_as(
      "a.json", R"({"card": "\u0034111\/1111", "smile": "\ud83d\ude00", "x": 1})");
  EXPECT_NE(find_text(extracted, Zone::kBody, "\"card\": \"4111/1111\""), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "\xF0\x9F\x98\x80"), nullptr);
}

TEST(AttachedMessage, IsReadAsAMessageWhateverItsTypeSays) {
  const Extracted extracted = read(
      "From: a@example.com\nMIME-Version: 1.0\nContent-Type: application/octet-stream; "
      "name=a.eml\n\nFrom: b@example.com\nSubject: inner\nMIME-Version: 1.0\n"
      "Content-Transfer-Encoding: base64\n\nSGVsbG8gYm9keQ==\n");
  EXPECT_NE(find_text(extracted, Zone::kBody, "Hello body"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
