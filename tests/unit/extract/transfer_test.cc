// Transfer encodings: liberal decoding, and encoding that decodes to the same.
#include "extract/transfer.h"

#include <gtest/gtest.h>

namespace noshare::extract {
namespace {

struct DecodeCase {
  const char* name;
  Encoding encoding;
  std::string text;
  std::string bytes;
  bool clean;
};

class TransferDecoding : public testing::TestWithParam<DecodeCase> {};

TEST_P(TransferDecoding, GivesTheMeantBytes) {
  const Decoded decoded = decode_transfer(GetParam().text, GetParam().encoding);
  EXPECT_EQ(decoded.bytes, GetParam().bytes);
  EXPECT_EQ(decoded.clean, GetParam().clean);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, TransferDecoding,
    testing::Values(
        // RFC 4648 section 10.
        DecodeCase{"Base64NoPadding", Encoding::kBase64, "Zm9vYmFy", "foobar", true},
        DecodeCase{"Base64OnePadding", Encoding::kBase64, "Zm9vYmE=", "fooba", true},
        DecodeCase{"Base64TwoPaddings", Encoding::kBase64, "Zm9vYg==", "foob", true},
        DecodeCase{"Base64PaddingMissing", Encoding::kBase64, "Zm9vYg", "foob", true},
        DecodeCase{"Base64BrokenLines", Encoding::kBase64, "Zm\r\n9vY\nmFy\r\n", "foobar",
                   true},
        DecodeCase{"Base64PaddedInTheMiddle", Encoding::kBase64,
                   "Zm8=\nb2Jhcg==", "foobar", true},
        DecodeCase{"Base64ForeignSigns", Encoding::kBase64, "Zm9v*YmFy", "foobar", false},
        DecodeCase{"Base64OfWords", Encoding::kBase64,
                   "some words that are no code at all",
                   decode_base64("somewordsthatarenocodeatall").bytes, false},
        DecodeCase{"Base64Empty", Encoding::kBase64, "", "", true},
        DecodeCase{"QuotedPrintable", Encoding::kQuotedPrintable, "a=3Db=\r\nc=E9",
                   "a=bc\xE9", true},
        DecodeCase{"QuotedPrintableBlankBeforeSoftBreak", Encoding::kQuotedPrintable,
                   "41= \t\n11", "4111", true},
        DecodeCase{"QuotedPrintableLowerCase", Encoding::kQuotedPrintable, "=c3=a9",
                   "\xC3\xA9", true},
        DecodeCase{"QuotedPrintableStrayEquals", Encoding::kQuotedPrintable,
                   "a=b c=", "a=b c", false},
        DecodeCase{"Uuencode", Encoding::kUuencode, "begin 644 a.txt\n#0V%T\n`\nend\n",
                   "Cat", true},
        DecodeCase{"UuencodeWithoutFrame", Encoding::kUuencode, "#0V%T\n", "Cat", true}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(TransferEncoding, NamesAreReadLiberally) {
  EXPECT_EQ(encoding_from_header(" \"BASE64\" (comment)").encoding, Encoding::kBase64);
  EXPECT_EQ(encoding_from_header("quoted-printable;").encoding,
            Encoding::kQuotedPrintable);
  EXPECT_EQ(encoding_from_header("x-uuencode").encoding, Encoding::kUuencode);
  EXPECT_TRUE(encoding_from_header("8bit").known);
  EXPECT_FALSE(encoding_from_header("x-own").known);
}

TEST(TransferEncoding, EncodedBytesDecodeToThemselves) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i * 7);
  const std::string base64 = encode_base64(bytes, "\r\n");
  EXPECT_EQ(decode_base64(base64).bytes, bytes);
  EXPECT_LE(base64.find('\r'), 76U);
  const std::string text = "caf\xC3\xA9 = 1 \r\nline two\t\r\n" + std::string(200, 'x');
  const std::string printable = encode_quoted_printable(text, "\r\n");
  EXPECT_EQ(decode_quoted_printable(printable).bytes, text);
}

}  // namespace
}  // namespace noshare::extract
