// Tests of the reader of signed and compressed messages (RFC 5652, RFC 3274).
#include "extract/cms.h"

#include <string>

#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

using model::Zone;

std::string element(int tag, const std::string& content) {
  std::string head{static_cast<char>(tag)};
  if (content.size() < 128) return head + static_cast<char>(content.size()) + content;
  return head + '\x82' + static_cast<char>(content.size() >> 8U) +
         static_cast<char>(content.size()) + content;
}

std::string indefinite(int tag, const std::string& content) {
  return std::string{static_cast<char>(tag), '\x80'} + content + std::string(2, '\0');
}

const std::string kSignedData = element(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02");
const std::string kData = element(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01");

std::string signed_data(const std::string& octets) {
  const std::string content = octets.empty() ? "" : element(0xA0, octets);
  return element(
      0x30,
      kSignedData + element(0xA0, element(0x30, element(2, "\x01") + element(0x31, "") +
                                                    element(0x30, kData + content))));
}

const std::string kEntity = "Content-Type: text/plain\r\n\r\nthe signed text\r\n";

TEST(Cms, GivesTheContentOfSignedData) {
  EXPECT_EQ(signed_content(signed_data(element(4, kEntity))), kEntity);
}

TEST(Cms, JoinsStringsInPieces) {
  const std::string pieces =
      indefinite(0x24, element(4, kEntity.substr(0, 9)) + element(4, kEntity.substr(9)));
  EXPECT_EQ(signed_content(signed_data(pieces)), kEntity);
}

TEST(Cms, HasNoContentInADetachedSignature) {
  EXPECT_EQ(signed_content(signed_data("")), "");
}

TEST(Cms, SurvivesEveryCut) {
  const std::string bytes = signed_data(indefinite(0x24, element(4, kEntity)));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    (void)signed_content(std::string(bytes, 0, size));
  }
}

TEST(Cms, StopsInDeepNesting) {
  std::string bytes;
  for (int i = 0; i < 10'000; ++i) bytes += "\x30\x80";
  EXPECT_EQ(signed_content(bytes), "");
}

TEST(Cms, IsReadAsPartOfTheMessage) {
  const std::string mail =
      "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
      "Content-Transfer-Encoding: base64\n\n" +
      encode_base64(signed_data(element(4, kEntity)), "\n") + "\n";
  const Extracted extracted = read(mail);
  const model::Segment* found = find_text(extracted, Zone::kBody, "the signed text");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path, "smime.p7m › signed message › body");
  EXPECT_TRUE(extracted.is_signed);
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(Cms, HidesNothingInASignatureThatIsNotDetached) {
  const std::string mail =
      "Content-Type: application/pkcs7-signature; name=smime.p7s\n"
      "Content-Transfer-Encoding: base64\n\n" +
      encode_base64(signed_data(element(4, kEntity)), "\n") + "\n";
  EXPECT_NE(find_text(read(mail), Zone::kBody, "the signed text"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
