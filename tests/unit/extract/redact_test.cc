// Masking: the value goes, everything else stays, and the message remains readable.
#include "noshare/extract/redact.h"

#include <gtest/gtest.h>

#include "extract/header_block.h"
#include "support.h"

namespace noshare::extract {
namespace {

using model::MaskTarget;
using model::Zone;

constexpr std::string_view kValue =
    "4111 1111 1111 1111";  // the card brands' test number
constexpr std::string_view kMasked = "**** **** **** 1111";

// The place of `value` as a finding would name it: code points in the source text.
std::vector<MaskTarget> targets_of(const Extracted& extracted, std::string_view value) {
  std::vector<MaskTarget> targets;
  for (const model::Segment& segment : extracted.segments) {
    const std::size_t at = segment.text.find(value);
    if (at == std::string::npos) continue;
    const std::string& source = segment.source_text();
    const auto end = static_cast<std::uint32_t>(at + value.size());
    const auto points = [&](std::uint32_t bytes) {
      std::uint32_t count = 0;
      for (std::uint32_t i = 0; i < bytes; ++i)
        count += (source[i] & 0xC0) != 0x80 ? 1U : 0U;
      return count;
    };
    targets.push_back(
        {segment.part, segment.path, segment.zone,
         points(segment.to_source.source_begin(static_cast<std::uint32_t>(at))),
         points(segment.to_source.source_end(end))});
  }
  return targets;
}

Redacted redact(const std::string& message) {
  return redact_message(message, targets_of(read(message), kValue), {},
                        Deadline::never());
}

struct RedactCase {
  const char* name;
  std::string header;
  std::string body;
  std::string expected;  // text that the new body shows
};

class MaskedBody : public testing::TestWithParam<RedactCase> {};

TEST_P(MaskedBody, ShowsTheMaskAndNotTheValue) {
  const std::string message = GetParam().header + "\r\n" + GetParam().body;
  ASSERT_FALSE(targets_of(read(message), kValue).empty());
  const Redacted redacted = redact(message);
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  EXPECT_TRUE(redacted.report.body_changed);
  const Extracted again = read(GetParam().header + "\r\n" + redacted.body);
  EXPECT_TRUE(targets_of(again, kValue).empty());
  bool shown = false;
  for (const model::Segment& segment : again.segments) {
    shown = shown || segment.source_text().find(GetParam().expected) != std::string::npos;
  }
  EXPECT_TRUE(shown) << redacted.body;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MaskedBody,
    testing::Values(
        RedactCase{"Plain", "Subject: x\r\n", "card 4111 1111 1111 1111, thanks\r\n",
                   "card **** **** **** 1111, thanks"},
        RedactCase{"Latin1", "Content-Type: text/plain; charset=iso-8859-1\r\n",
                   "gr\xFC\xDF 4111 1111 1111 1111 \xE9\r\n",
                   "grüß **** **** **** 1111 é"},
        RedactCase{"Utf16",
                   "Content-Type: text/plain; charset=utf-16le\r\n"
                   "Content-Transfer-Encoding: base64\r\n",
                   "NAAxADEAMQAgADEAMQAxADEAIAAxADEAMQAxACAAMQAxADEAMQA=\r\n",
                   "**** **** **** 1111"},
        RedactCase{"Base64", "Content-Transfer-Encoding: base64\r\n",
                   "Y2FyZCA0MTExIDExMTEgMTExMSAxMTExIGVuZA==\r\n",
                   "card **** **** **** 1111 end"},
        RedactCase{"QuotedPrintable", "Content-Transfer-Encoding: quoted-printable\r\n",
                   "caf=C3=A9 4111 1111=\r\n 1111 1111 end\r\n",
                   "café **** **** **** 1111 end"},
        RedactCase{"Html", "Content-Type: text/html\r\n",
                   "<p>&#52;111 <b>1111</b> 1111 1111</p>", "**** **** **** 1111"},
        RedactCase{"HtmlAttribute", "Content-Type: text/html\r\n",
                   "<a title=\"4111 1111 1111 1111\">x</a>", "**** **** **** 1111"},
        RedactCase{"FullWidthDigits", "Content-Type: text/plain; charset=utf-8\r\n",
                   "４111 1111 1111 1111\r\n", "**** 1111"},
        RedactCase{"Attachment", "Content-Type: multipart/mixed; boundary=b\r\n",
                   "--b\r\n\r\nhi\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\r\n"
                   "n,4111 1111 1111 1111\r\n--b--\r\n",
                   "n,**** **** **** 1111"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Redaction, KeepsAllOtherBytes) {
  const std::string message = "Subject: x\r\n\r\na  4111 1111 1111 1111\tb \r\n\r\n.\r\n";
  EXPECT_EQ(redact(message).body, "a  **** **** **** 1111\tb \r\n\r\n.\r\n");
}

TEST(Redaction, KeepsTagsBetweenDigits) {
  const std::string message =
      "Content-Type: text/html\r\n\r\n<p>&#52;<b>111</b> 1111 1111 1111</p>";
  EXPECT_EQ(redact(message).body, "<p>*<b>***</b> **** **** 1111</p>");
}

struct DisguiseCase {
  const char* name;
  std::string header;
  std::string body;
  std::string meant;     // as a finding would name it
  std::string expected;  // the new body
};

class MaskedDisguise : public testing::TestWithParam<DisguiseCase> {};

// A value that is only found as it is meant or shown is masked where it is written.
TEST_P(MaskedDisguise, LeadsBackToTheSource) {
  const std::string message = GetParam().header + "\r\n" + GetParam().body;
  const auto targets = targets_of(read(message), GetParam().meant);
  ASSERT_FALSE(targets.empty());
  const Redacted redacted = redact_message(message, targets, {}, Deadline::never());
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  EXPECT_EQ(redacted.body, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MaskedDisguise,
    testing::Values(
        DisguiseCase{"OneByOne", "", "no 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1.\r\n",
                     "4111111111111111", "no * * * * * * * * * * * * 1 1 1 1.\r\n"},
        DisguiseCase{"Quoted", "", "> no 4111 1111\r\n> 1111 1111\r\n",
                     "4111111111111111", "> no **** ****\r\n> **** 1111\r\n"},
        DisguiseCase{
            "Cells", "Content-Type: text/html\r\n",
            "<table><tr><td>4111</td><td>1111</td><td>1111</td><td>1111</td></tr>"
            "</table>",
            "4111111111111111",
            "<table><tr><td>****</td><td>****</td><td>****</td><td>1111</td></tr>"
            "</table>"},
        DisguiseCase{
            "HiddenDecoys", "Content-Type: text/html\r\n",
            "<style>.x{display:none}</style><p>4111 <i class=x>7</i>1111 1111 1111",
            "4111 1111 1111 1111",
            "<style>.x{display:none}</style><p>**** <i class=x>7</i>**** **** 1111"},
        DisguiseCase{"Reversed", "Content-Type: text/html\r\n",
                     "<bdo dir=rtl>1111 1111 1111 1114</bdo>", "4111 1111 1111 1111",
                     "<bdo dir=rtl>1111 **** **** ****</bdo>"},
        DisguiseCase{"Escapes", "", "no \\x34\\x31\\x31\\x31 1111 1111 1111\r\n",
                     "4111 1111 1111 1111", "no **************** **** **** 1111\r\n"},
        DisguiseCase{"Account", "", "pay GB29/NWBK/6016/1331/9268/19\r\n",
                     "GB29NWBK60161331926819", "pay ****/****/****/****/**68/19\r\n"}),
    [](const auto& one) { return std::string(one.param.name); });

// Decoded and unpacked texts belong to the same part, but lead nowhere.
TEST(Redaction, RefusesTextsWithoutAWayBack) {
  const auto refused = [](const std::string& message) {
    const auto targets = targets_of(read(message), kValue);
    EXPECT_FALSE(targets.empty());
    return !redact_message(message, targets, {}, Deadline::never()).report.possible;
  };
  EXPECT_TRUE(refused("\r\nsee Y2FyZCA0MTExIDExMTEgMTExMSAxMTExIGVuZA==\r\n"));
  EXPECT_TRUE(refused("\r\nsee 636172642034313131203131313120313131312031313131\r\n"));
}

TEST(Redaction, MasksHeaders) {
  const Redacted plain = redact("X-A: 1\r\nSubject: card 4111 1111 1111 1111 x\r\n\r\nb");
  ASSERT_TRUE(plain.report.possible) << plain.report.reason;
  ASSERT_EQ(plain.report.headers.size(), 1U);
  EXPECT_EQ(plain.report.headers[0].name, "Subject");
  EXPECT_EQ(plain.report.headers[0].value, "card **** **** **** 1111 x");
  EXPECT_FALSE(plain.report.body_changed);
}

TEST(Redaction, MasksEncodedWords) {
  const Redacted redacted =
      redact("Subject: =?utf-8?q?=C3=A9_4111_1111_1111_1111?= end\r\n\r\nb");
  ASSERT_EQ(redacted.report.headers.size(), 1U);
  const Extracted again = read("Subject: " + redacted.report.headers[0].value + "\n\n");
  EXPECT_NE(find_text(again, Zone::kSubject, "é " + std::string(kMasked) + " end"),
            nullptr);
}

TEST(Redaction, CountsEqualHeaders) {
  const Redacted redacted = redact("X-A: 1\r\nX-A: 4111 1111 1111 1111\r\n\r\nb");
  ASSERT_EQ(redacted.report.headers.size(), 1U);
  EXPECT_EQ(redacted.report.headers[0].index, 2U);
}

TEST(Redaction, RefusesWhatItCannotChange) {
  const std::string card(kValue);
  EXPECT_FALSE(redact("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n" +
                      card + "\r\n--b--\r\n")
                   .report.possible);
  EXPECT_FALSE(
      redact("Content-Type: text/plain; name=\"" + card + "\"\r\n\r\nx").report.possible);
  const MaskTarget unknown{"9", "nowhere", Zone::kBody, 0, 4};
  const Redacted redacted = redact_message("\r\nbody", {unknown}, {}, Deadline::never());
  EXPECT_FALSE(redacted.report.possible);
  EXPECT_FALSE(redacted.report.reason.empty());
}

// A table that somebody sends as text needs no more than a text does.
TEST(Redaction, MasksCommaSeparatedValues) {
  const std::string message =
      "Subject: x\r\nContent-Type: text/csv; name=a.csv\r\n"
      "Content-Disposition: attachment; filename=a.csv\r\n\r\n"
      "name,card\r\n\"Quill, Ada\",\"4111 1111 1111 1111\"\r\n";
  const Redacted redacted = redact(message);
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  EXPECT_EQ(redacted.body, "name,card\r\n\"Quill, Ada\",\"**** **** **** 1111\"\r\n");
}

}  // namespace
}  // namespace noshare::extract
