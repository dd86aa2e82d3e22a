// Tests of what stands encoded in the middle of a text.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "extract/armour.h"
#include "extract/disguise/dump_lines.h"
#include "extract/disguise/invisible_signs.h"
#include "extract/sealed.h"
#include "extract/short_values.h"
#include "extract/transfer.h"
#include "support.h"

namespace noshare::extract {
namespace {

std::string all_text(const Extracted& extracted) {
  std::string all;
  for (const model::Segment& segment : extracted.segments) {
    all += segment.path + ": " + segment.text + "\n";
  }
  return all;
}

struct RunCase {
  std::string name;
  std::string text;
};

class EmbeddedRun : public testing::TestWithParam<RunCase> {};

TEST(ShortValues, AreReadInTheirLine) {
  const std::string text = lines_with_short_values(
      "one\nSSN NTM2LTIyLTg3MjY= of Kim\ncard NDExMQ== MTExMQ== MTExMQ== MTExMQ==.\n"
      "NTM2MjI4NzI2\n");
  EXPECT_EQ(text, "SSN 536-22-8726 of Kim\ncard 4111 1111 1111 1111.\n");
}

TEST(ShortValues, AreNoWordsAndNames) {
  for (const char* line : {"a = b", "customer=12345&order=NDExMQ", "NTM2MjI4NzI2",
                           "base64 of these things", "=====", "x=y=z"}) {
    EXPECT_EQ(lines_with_short_values(line), "");
  }
}

struct DumpCase {
  std::string name;
  std::string text;
};

class Dump : public testing::TestWithParam<DumpCase> {};

// Of "card 4111 1111", as od and xxd print it.
TEST_P(Dump, IsReadAsWhatItDumps) {
  const auto dumps = bytes_of_dumps("see\n" + GetParam().text + "\nbye");
  EXPECT_NE(std::find(dumps.begin(), dumps.end(), "card 4111 1111\n"), dumps.end());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Dump,
    testing::Values(
        DumpCase{"Od",
                 "0000000 060543 062162 032040 030461 020061 030461 030461 000012\n"
                 "0000017"},
        DumpCase{"OdCharacters",
                 "0000000   c   a   r   d       4   1   1   1       1   1   1   1  \\n\n"
                 "0000017"},
        DumpCase{"OdLongWords", "> 000000 64726163 31313420 31312031 000a3131\n> 00000f"},
        DumpCase{
            "XxdBits",
            "00000000: 01100011 01100001 01110010 01100100 00100000 00110100  card 4\n"
            "00000006: 00110001 00110001 00110001 00100000 00110001 00110001  111 11\n"
            "0000000c: 00110001 00110001 00001010                             11."},
        DumpCase{"XxdLittleEndian",
                 "00000000: 64726163 31313420 31312031 000a3131  card 4111 1111."}),
    [](const auto& one) { return one.param.name; });

TEST_P(EmbeddedRun, IsDecodedInPlainTextAndHtml) {
  const std::string& text = GetParam().text;
  const Extracted plain = read("Subject: a\n\nSee " + text + "\nbye\n");
  EXPECT_NE(all_text(plain).find("card 4111"), std::string::npos) << all_text(plain);
  const Extracted html =
      read("Content-Type: text/html\n\n<p>See <pre>" + text + "</pre></p>\n");
  EXPECT_NE(all_text(html).find("card 4111"), std::string::npos) << all_text(html);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, EmbeddedRun,
    testing::Values(
        RunCase{"StepOfAPath", "https://a.example/p/bXkgY2FyZCA0MTExIDExMTEgMTExMQ/view"},
        RunCase{"Base64", encode_base64("my card 4111 1111 1111 1111", "\n")},
        RunCase{"Base64OverLines",
                encode_base64(std::string(80, 'x') + " card 4111 1111", "\n")},
        RunCase{"DataUri", "data:text/plain;base64," +
                               encode_base64("my card 4111 1111 1111 1111", "\n")},
        RunCase{"Hexadecimal", "6d79206361726420343131312031313131"},
        RunCase{"QuotedPrintable", "=63=61rd 4111=20=31111"},
        RunCase{"SoftBreak", "my car=\nd 4111"},
        RunCase{"Utf7", "my card +ADQAMQAxADE- ok"},
        RunCase{"Percent", "q=%63%61%72%64%20%34%31%31%31"},
        RunCase{"Uuencode", "\nbegin 644 a.txt\n2;7D@8V%R9\" T,3$Q(#$Q,3$*\n`\nend\n"},
        RunCase{"Base64InShortLines",
                "\nbXkgY2FyZC\nA0MTExIDEx\nMTEgMTExMS\nAxMTExLg==\n"},
        RunCase{"Base64OfUtf16", "YwBhAHIAZAAgADQAMQAxADEAIAAxADEAMQAxAA=="},
        RunCase{"Base32", "NV4SAY3BOJSCANBRGEYSAMJRGEYQ===="},
        RunCase{"Ascii85", "<~D0[76@<,m$1bg^>+>GT*0`~>"},
        RunCase{"Base85OfRfc1924", "ZFwMLVRB?3G%+zTATcp9F(5H9F)<)9F)=X"},
        RunCase{"Z85", "B7F]9zfWmlvrb)3g+*Ztaz#aw"},
        RunCase{"Base58", "FoA8R3yUptLoZ6nDkQWbfYA2wYXFgfgV6eZ2Y"},
        RunCase{"Base64InGroups", "bXkgY 2FyZC A0MTE xIDEx MTEgM TExMS AxMTE x"},
        RunCase{"Base64InGroupsOverLines",
                "bXkgY 2FyZC A0MTE\n> xIDEx MTEgM TExMS\n> AxMTE x"},
        RunCase{"Base64PartedByHyphens", "bXkgY2Fy-ZCA0MTEx-IDExMTEg-MTExMSAx-MTEx"},
        RunCase{"Base32InGroups", "NV4SAY3B OJSCANBR GEYSAMJR GEYSAMJR GEYQ===="},
        RunCase{"Base45", "\nZ$DB44GECRTC-Q6%96634%96L96%96%96634%9641\n"},
        RunCase{"Base45BehindALabel",
                "\nthe data: Z$DB44GECRTC-Q6%96634%96L96%96%96634%9641\n"},
        RunCase{"Base91", "w,h+s)BZ#FT*lNdLhw;a6W$G81ZtlNbRxA"},
        RunCase{"Base62", "1L90RTF0KnHUnS6sQKgIJJQKHYKKaKl0P8RqT"},
        RunCase{"CrockfordBase32", "DNWJ0RV1E9J20D1H64RJ0C9H64RJ0C9H64RJ0C9H64RG"},
        RunCase{"ZBase32", "pih1ya5bqj1nypbtgra1ycjtgra1ycjtgra1ycjtgrao"},
        RunCase{"UuencodeWithoutBegin", "\n;;7D@8V%R9\" T,3$Q(#$Q,3$@,3$Q,2 Q,3$Q\n"},
        RunCase{
            "UuencodeQuoted",
            "\n> begin 644 a\n> ;;7D@8V%R9\" T,3$Q(#$Q,3$@,3$Q,2 Q,3$Q\n> `\n> end\n"},
        RunCase{"Base64InStrings", "'bXkgY2FyZCA0' + 'MTExIDExMTEg' + 'MTExMSAxMTEx'"},
        RunCase{"Base64WithEscapedLineEnds",
                "bXkgY2FyZCA0\\nMTExIDExMTEg\\nMTExMSAxMTEx"},
        RunCase{"Base64InNumberedLines",
                "\n1: bXkgY2FyZCA0\n2: MTExIDExMTEg\n3: MTExMSAxMTEx\n"},
        RunCase{"HexadecimalOfAssemblers",
                "6Dh 79h 20h 63h 61h 72h 64h 20h 34h 31h 31h 31h 20h 31h 31h 31h 31h 20h "
                "31h 31h 31h 31h 20h 31h 31h 31h 31h"},
        RunCase{"HexadecimalBehindDollars",
                "$6D $79 $20 $63 $61 $72 $64 $20 $34 $31 $31 $31 $20 $31 $31 $31 $31 $20 "
                "$31 $31 $31 $31 $20 $31 $31 $31 $31"},
        RunCase{"References", "&#99;&#97;&#114;d 4111 1111"},
        RunCase{
            "BinHex",
            "\n(This file must be converted with BinHex 4.0)\n\n"
            ":#'0KFQ3ZG(Kd!&4&@&4dG(Kd!!!!!!!4!!!!!!!!EANJBf&bC#!d-6%a)$%a-6%\n!!!!!:\n"},
        RunCase{"Yenc",
                "\n=ybegin line=128 size=9 name=a.txt\n"
                "\215\213\234\216\112\136\133\133\133\n=yend size=9\n"}),
    [](const auto& one) { return one.param.name; });

// In bits of eight, of seven with a sign between characters, and two a sign.
TEST(InvisibleSigns, SayWhatTheyMean) {
  const std::string text = "card 4111 1111 1111";
  const auto signs_for = [&](const auto& put) {
    std::string signs = "Hello";
    for (const char c : text) put(static_cast<unsigned char>(c), signs);
    return signs + "there";
  };
  const char* const kSigns[] = {"\u200B", "\u200C", "\u200D", "\u2060"};
  const std::string bits = signs_for([&](unsigned c, std::string& signs) {
    for (int i = 7; i >= 0; --i) signs += kSigns[c >> i & 1U];
  });
  const std::string parted = signs_for([&](unsigned c, std::string& signs) {
    for (int i = 6; i >= 0; --i) signs += kSigns[c >> i & 1U];
    signs += kSigns[2];
  });
  const std::string pairs = signs_for([&](unsigned c, std::string& signs) {
    for (int i = 6; i >= 0; i -= 2) signs += kSigns[c >> i & 3U];
  });
  for (const std::string& signs : {bits, parted, pairs}) {
    const auto texts = texts_in_invisible_signs(signs);
    EXPECT_EQ(std::count(texts.begin(), texts.end(), text), 1);
  }
  EXPECT_TRUE(texts_in_invisible_signs("a\u200Bb\u200Cc").empty());
}

TEST(Sealed, TellsTokensAndVaults) {
  const std::string fernet = "gAAAAABk" + std::string(100, 'x') + "==";
  EXPECT_EQ(sealed_kind("key: " + fernet), "Fernet token");
  EXPECT_EQ(sealed_kind("https://a.example/?t=" + fernet), "");
  EXPECT_EQ(sealed_kind("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"), "JWE token");
  EXPECT_EQ(sealed_kind("eyJhbGciOiJIUzI1NiJ9.e30.abc"), "");
  EXPECT_EQ(sealed_kind("$ANSIBLE_VAULT;1.1;AES256\n6634"), "Ansible vault");
  EXPECT_EQ(sealed_kind("gAAAAAshort"), "");
}

// The subject of a certificate, its values one inside the other.
TEST(Armour, TellsTextsOfCertificates) {
  const auto value = [](char tag, const std::string& inside) {
    return std::string(1, tag) + static_cast<char>(inside.size()) + inside;
  };
  const std::string name =
      value('\x30', value('\x31', value('\x0C', "card 4111 1111 1111")) +
                        value('\x31', value('\x0C', "no number")));
  EXPECT_EQ(der_texts(name), "card 4111 1111 1111\n");
  EXPECT_EQ(der_texts(value('\x30', value('\x04', value('\x16', "652219079 of Kim")))),
            "652219079 of Kim\n");
  EXPECT_EQ(der_texts("\x30\x7F"), "");
  const Extracted extracted =
      read("\n-----BEGIN CERTIFICATE-----\n" + encode_base64(name, "\n") +
           "\n-----END CERTIFICATE-----\n");
  EXPECT_NE(find_text(extracted, model::Zone::kMetadata, "card 4111"), nullptr);
}

TEST(Embedded, ReadsListsOfEncodedValuesLineByLine) {
  // "jane@example.com", "john.roe@example.org", "jill@example.net" in hexadecimal
  const Extracted extracted = read(
      "Subject: a\r\n\r\n6a616e65406578616d706c652e636f6d\r\n"
      "6a6f686e2e726f65406578616d706c652e6f7267\r\n"
      "6a696c6c406578616d706c652e6e6574\r\n");
  const auto holds = [&](const std::string& text) {
    return std::any_of(extracted.segments.begin(), extracted.segments.end(),
                       [&](const auto& segment) { return segment.text == text; });
  };
  EXPECT_TRUE(holds("jane@example.com"));
  EXPECT_TRUE(holds("john.roe@example.org"));
  EXPECT_TRUE(holds("jill@example.net"));
}

TEST(Embedded, LeavesWordsKeysAndNumbersAlone) {
  for (const char* text :
       {"Donaudampfschifffahrtsgesellschaft", "a long line without any run",
        "3b18e512dba79e4c8300dd08aeb37f8e728b8dad", "50% of 30% are 15% and 4%"}) {
    const Extracted extracted = read(std::string("\n") + text + "\n");
    EXPECT_EQ(extracted.segments.size(), 1U) << text;
  }
}

}  // namespace
}  // namespace noshare::extract
