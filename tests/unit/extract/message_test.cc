// Whole messages: structure, numbering, names, facts about protection.
#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

std::string with_crlf(std::string_view text) {
  std::string result;
  for (char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

constexpr std::string_view kNested =
    "From: Ann Lee <ann@example.com>\n"
    "To: Bo <bo@example.net>\n"
    "Subject: =?utf-8?q?n=C2=A042?=\n"
    "Message-ID: <1@example.com>\n"
    "X-Note: see 4111\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=\"a\"\n"
    "\n"
    "preamble 17\n"
    "--a\n"
    "Content-Type: multipart/alternative; boundary=b\n"
    "\n"
    "--b\n"
    "\n"
    "plain 4111\n"
    "--b\n"
    "Content-Type: text/html\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "<p>html=204111</p>\n"
    "--b--\n"
    "--a\n"
    "Content-Type: text/csv; name=people.csv\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment\n"
    "\n"
    "bmFtZSw0MTEx\n"
    "--a\n"
    "Content-Type: message/rfc822\n"
    "\n"
    "From: Cy <cy@example.org>\n"
    "Subject: inner\n"
    "\n"
    "inner 4111\n"
    "--a--\n"
    "epilogue 18\n";

class NestedMessage : public testing::TestWithParam<bool> {
 protected:
  Extracted extracted_ = read(GetParam() ? with_crlf(kNested) : std::string(kNested));

  void expect(Zone zone, std::string_view text, std::string_view part,
              std::string_view path) {
    const model::Segment* segment = find_text(extracted_, zone, text);
    ASSERT_NE(segment, nullptr) << text;
    EXPECT_EQ(segment->part, part) << text;
    EXPECT_EQ(segment->path, path) << text;
  }
};

TEST_P(NestedMessage, NumbersAndNamesItsParts) {
  expect(Zone::kSubject, "n 42", "0", "subject");
  expect(Zone::kHeader, "see 4111", "0", "X-Note");
  expect(Zone::kBody, "plain 4111", "1.1", "body");
  expect(Zone::kHtmlVisible, "html 4111", "1.2", "body");
  expect(Zone::kFilename, "people.csv", "2", "people.csv");
  expect(Zone::kDocument, "name,4111", "2", "people.csv");
  expect(Zone::kSubject, "inner", "3.0", "forwarded message › subject");
  expect(Zone::kBody, "inner 4111", "3.1", "forwarded message › body");
  expect(Zone::kBody, "preamble 17", "TEXT", "text outside the parts");
  expect(Zone::kBody, "epilogue 18", "TEXT", "text outside the parts");
  EXPECT_TRUE(extracted_.unreadable.empty());
}

TEST_P(NestedMessage, NamesTheParticipants) {
  ASSERT_EQ(extracted_.participants.size(), 3U);
  EXPECT_EQ(extracted_.participants[0].address.reveal(), "ann@example.com");
  EXPECT_EQ(extracted_.participants[0].name.reveal(), "Ann Lee");
  EXPECT_TRUE(extracted_.participants[0].author);
  EXPECT_FALSE(extracted_.participants[1].author);
  EXPECT_EQ(extracted_.message_id, "1@example.com");
  EXPECT_NE(find_text(extracted_, Zone::kHeader, "Ann Lee"), nullptr);
  EXPECT_EQ(find_text(extracted_, Zone::kHeader, "ann@example.com"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(LineEnds, NestedMessage, testing::Bool(),
                         [](const auto& c) { return c.param ? "Crlf" : "Lf"; });

struct BodyCase {
  const char* name;
  std::string header;
  std::string body;
  std::string text;
};

class MessageBody : public testing::TestWithParam<BodyCase> {};

TEST_P(MessageBody, IsReadAsItsReadersSeeIt) {
  const Extracted extracted = read(GetParam().header + "\n" + GetParam().body);
  EXPECT_NE(find_text(extracted, Zone::kBody, GetParam().text), nullptr);
}

std::string wide(std::string_view text) {
  std::string result;
  for (char c : text) result += std::string(1, c) + '\0';
  return result;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MessageBody,
    testing::Values(
        BodyCase{"NoHeader", "", "just 4111 text\n", "just 4111 text"},
        BodyCase{"Latin1", "Content-Type: text/plain; charset=iso-8859-1\n", "gr\xFC\xDF",
                 "grüß"},
        BodyCase{"WrongAsciiLabel", "Content-Type: text/plain; charset=us-ascii\n",
                 "gr\xC3\xBC", "grü"},
        BodyCase{"UnknownLabel", "Content-Type: text/plain; charset=x-none\n", "caf\xE9",
                 "café"},
        BodyCase{"Koi8", "Content-Type: text/plain; charset=koi8-r\n", "\xF0\xD2\xC9",
                 "При"},
        BodyCase{"ShiftJis", "Content-Type: text/plain; charset=shift_jis\n",
                 "\x93\xFA\x96\x7B", "日本"},
        BodyCase{"Iso2022Jp", "Content-Type: text/plain; charset=iso-2022-jp\n",
                 "\x1B$BF|K\\\x1B(B", "日本"},
        BodyCase{"Utf7", "Content-Type: text/plain; charset=utf-7\n", "a +ADQANAA0- b",
                 "a 444 b"},
        BodyCase{"Utf16WithoutLabel", "", wide("card 4111\n"), "card 4111"},
        BodyCase{"Utf16WithMark", "Content-Type: text/plain; charset=utf-16\n",
                 "\xFF\xFE" + wide("card 4111"), "card 4111"},
        BodyCase{"LabelledUtf16ButAscii", "Content-Type: text/plain; charset=utf-16\n",
                 "card 4111", "card 4111"},
        BodyCase{"Nuls", "", std::string("a\0b 4111\n", 9), "ab 4111"},
        BodyCase{"Flowed", "Content-Type: text/plain; format=flowed\n", "one \ntwo\n",
                 "one two\n"},
        BodyCase{"FlowedDelsp", "Content-Type: text/plain; format=flowed; delsp=yes\n",
                 "41 \n11\n", "4111\n"},
        BodyCase{"BoundaryMissing", "Content-Type: multipart/mixed\n", "text 4111",
                 "text 4111"},
        BodyCase{"BoundaryWrong", "Content-Type: multipart/mixed; boundary=x\n",
                 "--y\nContent-Type: text/plain\nContent-Transfer-Encoding: "
                 "base64\n\nNDExMQ==\n"
                 "--y--\n",
                 "4111"},
        BodyCase{"BoundaryNeverClosed", "Content-Type: multipart/mixed; boundary=x\n",
                 "--x\n\nopen 4111\n", "open 4111"},
        BodyCase{"PartAfterTheEnd", "Content-Type: multipart/mixed; boundary=x\n",
                 "--x\n\na\n--x--\n--x\n\nlate 4111\n", "late 4111"},
        BodyCase{"Base64LabelOnPlainText", "Content-Transfer-Encoding: base64\n",
                 "this is plain text, number 4111, and no code\n", "number 4111"},
        BodyCase{"TwoEncodings",
                 "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n",
                 "bnVtYmVyIDQxMTE=\n", "number 4111"},
        BodyCase{"Digest", "Content-Type: multipart/digest; boundary=x\n",
                 "--x\n\nSubject: s\n\nnote 4111\n--x--\n", "note 4111"},
        BodyCase{"Base64Message",
                 "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n",
                 "U3ViamVjdDogYQoKNDExMQo=\n", "4111"}),
    [](const auto& c) { return std::string(c.param.name); });

struct FaultCase {
  const char* name;
  std::string message;
  UnreadableReason reason;
  std::string detail;
};

class UnreadableContent : public testing::TestWithParam<FaultCase> {};

TEST_P(UnreadableContent, IsReported) {
  const Extracted extracted = read(GetParam().message);
  const model::Unreadable* unreadable = find_unreadable(extracted, GetParam().reason);
  ASSERT_NE(unreadable, nullptr);
  EXPECT_EQ(unreadable->detail, GetParam().detail);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, UnreadableContent,
    testing::Values(
        FaultCase{"Pdf", "Content-Type: text/plain\n\n%PDF-1.7\nx",
                  UnreadableReason::kUnsupported, "application/pdf"},
        FaultCase{"Binary",
                  "Content-Type: application/octet-stream\n\n" + std::string(40, '\1'),
                  UnreadableReason::kUnsupported, "application/octet-stream"},
        FaultCase{"Partial", "Content-Type: message/partial; id=1; number=1\n\nx",
                  UnreadableReason::kUnsupported, "message/partial"},
        FaultCase{"ExternalBody",
                  "Content-Type: message/external-body\n\nContent-ID: <1>\n\nx",
                  UnreadableReason::kUnsupported, "message/external-body"},
        FaultCase{"UnknownCharset",
                  "Content-Type: text/plain; charset=x-none\n\n\xE9\xFF",
                  UnreadableReason::kCorrupt, "unknown charset"},
        FaultCase{"TwoTypes", "Content-Type: text/plain\nContent-Type: text/html\n\nx",
                  UnreadableReason::kAmbiguous, "contradicting headers"}),
    [](const auto& c) { return std::string(c.param.name); });

constexpr std::string_view kPgpBlock =
    "-----BEGIN PGP MESSAGE-----\n\nhQEMAxERERERERERAQf/WlpaWlpaWlpaWlpaWlpaWlpa\n=abcd\n"
    "-----END PGP MESSAGE-----\n";

TEST(Protection, InlinePgpAloneIsEncrypted) {
  const Extracted extracted = read("Subject: x\n\n" + std::string(kPgpBlock));
  EXPECT_TRUE(extracted.encrypted);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kEncrypted), nullptr);
}

TEST(Protection, ClearTextBesideItIsNotEncrypted) {
  const Extracted extracted =
      read("\n\ncard 4111\n" + std::string(kPgpBlock) + "after\n");
  EXPECT_FALSE(extracted.encrypted);
  EXPECT_NE(find_text(extracted, Zone::kBody, "card 4111"), nullptr);
}

TEST(Protection, PgpMultipartIsEncrypted) {
  const Extracted extracted = read(
      "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
      "boundary=x\n\n"
      "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
      "--x\nContent-Type: application/octet-stream\n\n" +
      std::string(kPgpBlock) + "--x--\n");
  EXPECT_TRUE(extracted.encrypted);
}

TEST(Protection, SignedContentIsRead) {
  const Extracted extracted = read(
      "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; "
      "boundary=x\n\n"
      "--x\n\nsigned 4111\n"
      "--x\nContent-Type: application/pgp-signature\n\n"
      "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n--x--\n");
  EXPECT_TRUE(extracted.is_signed);
  EXPECT_FALSE(extracted.encrypted);
  EXPECT_TRUE(extracted.unreadable.empty());
  EXPECT_NE(find_text(extracted, Zone::kBody, "signed 4111"), nullptr);
}

TEST(StableContent, IsTheSameForARetryAndOnlyForIt) {
  const std::string mail = "Subject: a\nMessage-ID: <1@example.com>\n\nbody\n";
  const std::string base = read(mail).stable_content;
  EXPECT_EQ(read("Received: by x\n" + mail).stable_content, base);
  EXPECT_NE(read(mail + "x").stable_content, base);
  EXPECT_NE(read("Subject: b" + mail.substr(10)).stable_content, base);
}

TEST(ExtractText, KeepsTheTextAsItIs) {
  const Extracted extracted = extract_text("a\u00A0b", {});
  ASSERT_EQ(extracted.segments.size(), 1U);
  EXPECT_EQ(extracted.segments[0].text, "a b");
  EXPECT_EQ(extracted.segments[0].source_text(), "a\u00A0b");
}

TEST(ExtractFile, TellsItsKindByContent) {
  const Deadline never = Deadline::never();
  const Extracted mail =
      extract_file("From: a@example.com\nSubject: s\n\n4111\n", "x", {}, never);
  EXPECT_NE(find_text(mail, Zone::kBody, "4111"), nullptr);
  const Extracted page = extract_file("<html><p>41<b>11", "x.bin", {}, never);
  EXPECT_NE(find_text(page, Zone::kHtmlVisible, "4111"), nullptr);
  const Extracted text = extract_file("name,4111\n", "4242.csv", {}, never);
  EXPECT_NE(find_text(text, Zone::kDocument, "4111"), nullptr);
  EXPECT_NE(find_text(text, Zone::kFilename, "4242"), nullptr);
  EXPECT_NE(find_unreadable(extract_file("%PDF-1.4", "a", {}, never),
                            UnreadableReason::kUnsupported),
            nullptr);
}

TEST(Message, ReadsEnrichedTextWithoutItsMarks) {
  const Extracted extracted = read(
      "Subject: a\r\nContent-Type: text/enriched\r\n\r\n<bold>4111</bold> 11<italic>11"
      "</italic> 1111 1111\r\n");
  EXPECT_NE(find_text(extracted, Zone::kHtmlVisible, "4111 1111 1111 1111"), nullptr);
}

TEST(Message, ReadsTextWithNulsBothWays) {
  const std::string text("4\0001\0001\0001\0", 8);
  const Extracted extracted =
      read("Subject: a\r\n\r\nx" + std::string(1, '\0') + text + text + "5\r\n");
  EXPECT_NE(find_text(extracted, Zone::kBody, "x411141115"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
