// Header fields, encoded words, parameters and addresses.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "extract/address_list.h"
#include "extract/header_block.h"
#include "extract/header_reader.h"
#include "extract/header_text.h"
#include "extract/parameters.h"
#include "support.h"

namespace noshare::extract {
namespace {

struct WordCase {
  const char* name;
  std::string raw;
  std::string text;
};

class HeaderText : public testing::TestWithParam<WordCase> {};

TEST_P(HeaderText, ReadsAsPeopleSeeIt) {
  EXPECT_EQ(decode_header_text(GetParam().raw).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, HeaderText,
    testing::Values(
        WordCase{"Plain", " hello", "hello"},
        WordCase{"Folded", "a\r\n b\n\tc", "a b\tc"},
        // RFC 2047 section 8.
        WordCase{"QEncoding",
                 "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld Jørn Simonsen"},
        WordCase{"AdjacentWordsJoin", "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"},
        WordCase{"WordThenText", "=?ISO-8859-1?Q?a?= b", "a b"},
        WordCase{"BEncoding", "=?utf-8?B?Y2Fmw6k=?=", "café"},
        WordCase{"CharacterCutInTwo", "=?utf-8?B?Y2Fmww==?= =?utf-8?B?qQ==?=", "café"},
        WordCase{"ByteCutInTwo", "=?utf-8?B?Y2Fmw6?= =?utf-8?B?k=?=", "café"},
        WordCase{"EscapeCutInTwo",
                 "=?utf-8?Q?caf=C?= =?utf-8?Q?3=A9=?=\n =?utf-8?Q?21?=", "café!"},
        WordCase{"Language", "=?us-ascii*en?q?hi?=", "hi"},
        WordCase{"InsideOtherText", "x=?utf-8?q?y?=z", "xyz"},
        WordCase{"NeverClosed", "=?utf-8?q?abc", "=?utf-8?q?abc"},
        WordCase{"UnknownCharset", "=?x-none?q?abc?=", "abc"},
        WordCase{"RawUtf8", "gr\xC3\xBC\xC3\x9F", "grüß"},
        WordCase{"RawLatin1", "gr\xFC\xDF", "grüß"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(HeaderText, EncodedValueDecodesToItself) {
  std::string text = "Zażółć gęślą jaźń ";
  for (int i = 0; i < 5; ++i) text += text.substr(0, 30);
  text = "ä " + text + "end";
  EXPECT_EQ(decode_header_text(encode_header_text("äöü 4111")).text, "äöü 4111");
  for (std::size_t at = 0; at < 3; ++at) {
    EXPECT_LE(encode_header_text("äöü 4111").size(), 75U);
  }
}

TEST(HeaderBlock, SplitsFieldsWithAnyLineEnd) {
  for (const std::string end : {"\r\n", "\n", "\r"}) {
    const std::string text = "A: 1" + end + "B: 2" + end + " 3" + end + end + "body";
    const HeaderBlock block = read_header_block(text);
    ASSERT_EQ(block.fields.size(), 2U);
    EXPECT_EQ(block.fields[1].name, "B");
    EXPECT_EQ(text.substr(block.body_begin), "body");
  }
}

TEST(HeaderBlock, SkipsTheMboxLine) {
  const HeaderBlock block = read_header_block("From a@example.com Mon\nSubject: x\n\nb");
  ASSERT_EQ(block.fields.size(), 1U);
  EXPECT_EQ(block.fields[0].name, "Subject");
}

TEST(HeaderBlock, KeepsLinesThatAreNoFields) {
  const HeaderBlock block = read_header_block("A: 1\n4111 stray\n  and more\nB: 2\n\nb");
  EXPECT_EQ(block.fields.size(), 2U);
  ASSERT_EQ(block.strays.size(), 1U);
  EXPECT_EQ(block.strays[0], "4111 stray\n  and more");
}

TEST(HeaderBlock, BeginsTheBodyWhereTheEmptyLineIsMissing) {
  const std::string text = "A: 1\nHello you\nwithout a header\n";
  const HeaderBlock block = read_header_block(text);
  EXPECT_EQ(text.substr(block.body_begin), "Hello you\nwithout a header\n");
  EXPECT_EQ(read_header_block("no header at all\n").body_begin, 0U);
}

TEST(Parameters, ReadContinuationsAndCharsets) {
  // RFC 2231 section 4.1.
  const ParameterList list = parse_parameters(
      "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;"
      " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"");
  EXPECT_EQ(list.main, "application/x-stuff");
  EXPECT_EQ(list.get("title"), "This is even more ***fun*** isn't it!");
}

TEST(Parameters, GiveEveryReadingOfAFileName) {
  const ParameterList type =
      parse_parameters("text/csv; name=\"=?utf-8?q?K=C3=A4ufer?=.csv\"");
  const ParameterList disposition = parse_parameters(
      "attachment; filename=a.txt; filename*=utf-8''b%2Etxt; filename=c.txt");
  EXPECT_EQ(file_names(type, disposition),
            (std::vector<std::string>{"a.txt", "c.txt", "b.txt", "Käufer.csv"}));
}

TEST(Parameters, SurviveMissingQuotesAndSigns) {
  EXPECT_EQ(parse_parameters("text/plain; charset = \"utf-8").get("charset"), "utf-8");
  EXPECT_EQ(parse_parameters("text/plain;;; a=my file.txt ;b=2").get("a"), "my file.txt");
  EXPECT_EQ(parse_parameters("text/plain (comment; x=1); b=2").get("b"), "2");
  EXPECT_EQ(parse_parameters("").main, "");
}

struct AddressCase {
  const char* name;
  std::string raw;
  std::vector<std::pair<std::string, std::string>> people;  // name, address
};

class AddressList : public testing::TestWithParam<AddressCase> {};

TEST_P(AddressList, NamesThePeople) {
  std::vector<std::pair<std::string, std::string>> people;
  for (const Mailbox& mailbox : parse_address_list(GetParam().raw)) {
    people.emplace_back(mailbox.name.text, mailbox.address);
  }
  EXPECT_EQ(people, GetParam().people);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AddressList,
    testing::Values(
        AddressCase{"Bare", "A@Example.com", {{"", "a@example.com"}}},
        AddressCase{"Named", "Ann Lee <a@example.com>", {{"Ann Lee", "a@example.com"}}},
        AddressCase{"Quoted",
                    "\"Lee, \\\"Ann\\\"\" <a@example.com>, b@example.com",
                    {{"Lee, \"Ann\"", "a@example.com"}, {"", "b@example.com"}}},
        AddressCase{"Comment", "a@example.com (Ann Lee)", {{"Ann Lee", "a@example.com"}}},
        AddressCase{"Group",
                    "Team: a@example.com, Bo <b@example.com>;",
                    {{"Team", ""}, {"", "a@example.com"}, {"Bo", "b@example.com"}}},
        AddressCase{"EncodedName",
                    "=?utf-8?q?J=C3=B8rn?= Bo <j@example.com>",
                    {{"Jørn Bo", "j@example.com"}}},
        AddressCase{"Route", "<@relay.test:a@example.com>", {{"", "a@example.com"}}},
        AddressCase{"NeverClosed", "\"Ann <a@example.com", {{"Ann <a@example.com", ""}}},
        AddressCase{"Empty", " , ;", {}}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(HeaderReader, LeavesOutWhatMailSystemsWrite) {
  for (const char* name :
       {"Received", "DKIM-Signature", "ARC-Seal", "List-Id", "Message-ID"}) {
    EXPECT_EQ(use_of_field(name), FieldUse::kMachine) << name;
  }
  for (const char* name : {"X-Customer", "Comments", "Keywords", "Organization"}) {
    EXPECT_EQ(use_of_field(name), FieldUse::kText) << name;
  }
}

TEST(HeaderReader, ReadsFieldsOfMailSystemsThatSpeakOfANumber) {
  const auto texts = [](const std::string& field) {
    const Extracted extracted = read(field + "\r\nSubject: a\r\n\r\n");
    return std::count_if(
        extracted.segments.begin(), extracted.segments.end(),
        [](const auto& segment) { return segment.path.starts_with("Received"); });
  };
  EXPECT_EQ(texts("Received: by my card 4111 1111 1111 1111"), 1);
  // Neither a list's name nor a host's is a word that says what a number is.
  EXPECT_EQ(texts("Received: from card.example (cards@x.example [192.0.2.145])\r\n"
                  "\tfor <ilug-social@example.org>; Mon, 25 Nov 2002 20:19:08 +0000"),
            0);
}

TEST(HeaderReader, ReadsIdsThatSayWhatTheyAre) {
  const auto found = [](const std::string& field) {
    return find_text(read(field + "\r\nSubject: a\r\n\r\n"), model::Zone::kHeader,
                     "4111 1111 1111 1111") != nullptr;
  };
  EXPECT_TRUE(found("Message-ID: <card-number-4111-1111-1111-1111@a.example>"));
  EXPECT_FALSE(found("Message-ID: <cards-4111-1111-1111-1111@a.example>"));
  EXPECT_TRUE(
      found("References: =?utf-8?B?Y2FyZCBudW1iZXIgNDExMSAxMTExIDExMTEgMTExMQ==?="));
  EXPECT_TRUE(found("To: \"my card 4111 1111 1111 1111\"@a.example"));
}

TEST(HeaderReader, ReadsWordsForDigitsInFieldsThatSpeakOfANumber) {
  const std::string digits =
      "four one one one one one one one one one one one one one one one";
  const auto found = [&](const std::string& words) {
    return find_text(read("Keywords: " + words + digits + "\r\nSubject: a\r\n\r\n"),
                     model::Zone::kHeader, "4111") != nullptr;
  };
  EXPECT_TRUE(found("card "));
  EXPECT_FALSE(found("steps "));
}

TEST(HeaderReader, ReadsEncodedRunsInFieldsOfPeople) {
  const Extracted extracted =
      read("X-Note: bXkgY2FyZCA0MTExIDExMTEgMTExMSAxMTEx\r\nSubject: a\r\n\r\n");
  EXPECT_NE(find_text(extracted, model::Zone::kBody, "card 4111"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
