// File types by content, and what says that a file is encrypted.
#include "extract/sniff.h"

#include <gtest/gtest.h>

namespace noshare::extract {
namespace {

using std::string_literals::operator""s;

std::string zip_member(const std::string& name, char flags, const std::string& data) {
  std::string bytes = "PK\x03\x04\x14\0"s;
  bytes += flags;
  bytes += std::string(19, '\0');
  bytes += static_cast<char>(name.size());
  bytes += std::string(3, '\0');
  return bytes + name + data;
}

struct SniffCase {
  const char* name;
  std::string bytes;
  std::string type;
  bool encrypted;
};

class Sniffing : public testing::TestWithParam<SniffCase> {};

TEST_P(Sniffing, TellsTheType) {
  const Sniffed found = sniff(GetParam().bytes);
  EXPECT_EQ(found.type, GetParam().type);
  EXPECT_EQ(found.encrypted, GetParam().encrypted);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Sniffing,
    testing::Values(
        SniffCase{"Text", "hello", "", false}, SniffCase{"Empty", "", "", false},
        SniffCase{"Pdf", "%PDF-1.7 x", "application/pdf", false},
        SniffCase{"EncryptedPdf", "%PDF-1.7 trailer << /Encrypt 5 0 R >>",
                  "application/pdf", true},
        SniffCase{"Png", "\x89PNG\r\n\x1A\n0", "image/png", false},
        SniffCase{"Bitmap", "BM\x36\0\0\0\0\0\0\0\x36\0"s, "image/bmp", false},
        SniffCase{"WhiteBitmap",
                  "BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s + std::string(6000, '\xFF'),
                  "image/bmp", false},
        SniffCase{"WordThatBeginsLikeABitmap", "BMW sells cars", "", false},
        SniffCase{"Zip", zip_member("a.txt", 0, "x"), "application/zip", false},
        SniffCase{"EncryptedZip", zip_member("a.txt", 1, "x"), "application/zip", true},
        SniffCase{
            "Docx", zip_member("word/document.xml", 0, ""),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            false},
        SniffCase{"Odt",
                  zip_member("mimetype", 0, "application/vnd.oasis.opendocument.text"),
                  "application/vnd.oasis.opendocument.text", false},
        SniffCase{"EncryptedOffice",
                  "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s +
                      "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s,
                  "application/x-ole-storage", true},
        SniffCase{"EnvelopedCms",
                  "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03\xA0"s,
                  "application/pkcs7-mime; smime-type=enveloped-data", true},
        SniffCase{"SignedCms",
                  "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0"s,
                  "application/pkcs7-mime; smime-type=signed-data", false}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Texty, TellsTextFromBinary) {
  EXPECT_TRUE(is_texty("plain\r\n\ttext"));
  EXPECT_TRUE(is_texty("caf\xE9"));
  EXPECT_TRUE(is_texty("w\0i\0d\0e\0!\0!\0!\0!\0"s));
  EXPECT_FALSE(is_texty("\x01\x02\x03\0\0\x7F\x10"s));
}

}  // namespace
}  // namespace noshare::extract
