// Tests of Outlook messages (.msg), TNEF and compressed RTF.
#include <string>

#include <gtest/gtest.h>

#include "compound_builder.h"
#include "extract/documents/compound_file.h"
#include "extract/documents/compressed_rtf.h"
#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

std::string wide(std::string_view ascii) {
  std::string text;
  for (char c : ascii) text += std::string{c, '\0'};
  return text;
}

constexpr const char* kProperties = "__properties_version1.0";

// A message with one recipient, a file and an attached message.
CompoundBuilder message() {
  CompoundBuilder file;
  file.stream(0, kProperties, std::string(32, '\0'));
  file.stream(0, "__substg1.0_0037001F", wide("the subject"));
  file.stream(0, "__substg1.0_1000001F", wide("Hello, the body"));
  file.stream(0, "__substg1.0_10130102", "<html><body>41<b>11</b> in HTML</body></html>");
  file.stream(0, "__substg1.0_3A1C001E", "+1 571 555 0100");
  file.stream(0, "__substg1.0_8001101F-00000000", wide("one of several"));
  const std::size_t recipient = file.storage(0, "__recip_version1.0_#00000000");
  file.stream(recipient, kProperties, std::string(8, '\0'));
  file.stream(recipient, "__substg1.0_39FE001F", wide("x@else.test"));
  const std::size_t attached = file.storage(0, "__attach_version1.0_#00000000");
  file.stream(attached, kProperties, std::string(8, '\0'));
  file.stream(attached, "__substg1.0_3707001F", wide("notes.txt"));
  file.stream(attached, "__substg1.0_37010102", "text of the file");
  const std::size_t holder = file.storage(0, "__attach_version1.0_#00000001");
  file.stream(holder, kProperties, std::string(8, '\0'));
  const std::size_t inner = file.storage(holder, "__substg1.0_3701000D");
  file.stream(inner, kProperties, std::string(24, '\0'));
  file.stream(inner, "__substg1.0_1000001F", wide("body of the inner message"));
  return file;
}

TEST(OutlookMessage, ReadsSubjectBodiesRecipientsAndProperties) {
  const Extracted extracted = read_as("a.msg", message().bytes());
  EXPECT_NE(find_text(extracted, Zone::kSubject, "the subject"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "Hello, the body"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kHtmlVisible, "4111 in HTML"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "x@else.test"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "one of several"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "Mobile phone: +1 571 555 0100"),
            nullptr);
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(OutlookMessage, ReadsAttachedFilesAndMessages) {
  const Extracted extracted = read_as("a.msg", message().bytes());
  const model::Segment* file = find_text(extracted, Zone::kDocument, "text of the file");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->path, "a.msg › notes.txt");
  const model::Segment* inner =
      find_text(extracted, Zone::kBody, "body of the inner message");
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(inner->path, "a.msg › attached message");
}

TEST(OutlookMessage, ReadsSingleBytesInTheCodePageOfTheMessage) {
  CompoundBuilder file;
  // PidTagMessageCodepage, 1251 (Cyrillic)
  file.stream(0, kProperties,
              std::string(32, '\0') + little_endian(0x3FFD0003, 4) + little_endian(0, 4) +
                  little_endian(1251, 8));
  file.stream(0, "__substg1.0_1000001E", "\xC8\xE2\xE0\xED");
  EXPECT_NE(find_text(read_as("a.msg", file.bytes()), Zone::kBody, "Иван"), nullptr);
}

TEST(OutlookMessage, KeepsWhatStandsBeforeABrokenStream) {
  CompoundBuilder file;
  file.stream(0, kProperties, std::string(32, '\0'));
  file.stream(0, "__substg1.0_0037001F", wide("the subject"));
  std::string body = wide("begin of the body");
  body.resize(2000, ' ');
  file.stream(0, "__substg1.0_1000001E", body);
  std::string bytes = file.bytes();
  // The table's entry of the body's first sector: far outside.
  const std::string mark = little_endian(4, 4) + little_endian(5, 4);
  const std::size_t at = bytes.find(mark, 512);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 4, little_endian(0x00FFFFFF, 4));
  const Extracted extracted = read_as("a.msg", bytes);
  EXPECT_NE(find_text(extracted, Zone::kSubject, "the subject"), nullptr);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kCorrupt), nullptr);
}

TEST(OutlookMessage, EndsWhenSectorsFormALoop) {
  CompoundBuilder file;
  file.stream(0, kProperties, std::string(5000, 'x'));
  std::string bytes = file.bytes();
  for (std::size_t at = 512; at + 4 <= 1024; at += 4) {
    bytes.replace(at, 4, little_endian(1, 4));
  }
  const auto opened = CompoundFile::open(bytes);
  ASSERT_TRUE(opened.has_value());
  EXPECT_LE(opened->entries().size(), bytes.size() / 128);
}

TEST(OutlookMessage, GivesOtherCompoundFilesBack) {
  CompoundBuilder file;
  file.stream(0, "WordDocument", "a document that tells of " + wide(kProperties));
  const Extracted extracted = read_as("a.msg", file.bytes());
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kUnsupported), nullptr);
}

// The example of [MS-OXRTFCP] section 3.1.1.
TEST(CompressedRtf, ReadsTheSpecimen) {
  const std::string packed =
      std::string("\x2d\x00\x00\x00\x2b\x00\x00\x00", 8) + "LZFu" + "\xf1\xc5\xc7\xa7" +
      std::string(
          "\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68"
          "\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
          33);
  EXPECT_EQ(decompress_rtf(packed), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
}

TEST(CompressedRtf, ReadsWhatIsStoredOnly) {
  const std::string stored = little_endian(20, 4) + little_endian(8, 4) + "MELA" +
                             little_endian(0, 4) + "{\\rtf1 a}";
  EXPECT_EQ(decompress_rtf(stored), "{\\rtf1 a}");
}

std::string attribute(int level, std::uint32_t id, const std::string& data) {
  return little_endian(static_cast<std::uint64_t>(level), 1) + little_endian(id, 4) +
         little_endian(data.size(), 4) + data + little_endian(0, 2);
}

std::string padded(std::string value) {
  const std::string length = little_endian(value.size(), 4);
  value.resize((value.size() + 3) / 4 * 4);
  return length + value;
}

std::string property(std::uint16_t id, std::uint16_t type, const std::string& value) {
  return little_endian(type, 2) + little_endian(id, 2) + little_endian(1, 4) +
         padded(value);
}

std::string tnef(const std::string& attributes) {
  return "\x78\x9F\x3E\x22" + little_endian(1, 2) + attributes;
}

TEST(Tnef, ReadsTextsPropertiesAndFiles) {
  const std::string named = little_endian(0x001F, 2) + little_endian(0x8005, 2) +
                            std::string(16, 'g') + little_endian(1, 4) +
                            padded(wide("Staff number")) + little_endian(1, 4) +
                            padded(wide("AB 12345"));
  const std::string bytes = tnef(
      attribute(1, 0x00018004, std::string("the subject\0", 12)) +
      attribute(1, 0x00069003,
                little_endian(3, 4) + property(0x1000, 0x001F, wide("Hello, the body")) +
                    little_endian(0x0040, 2) + little_endian(0x0039, 2) +
                    std::string(8, 't') + named) +
      attribute(1, 0x00069004,
                little_endian(1, 4) + little_endian(1, 4) +
                    property(0x39FE, 0x001F, wide("x@else.test"))) +
      attribute(2, 0x00069002, std::string(14, '\0')) +
      attribute(2, 0x00018010, std::string("notes.txt\0", 10)) +
      attribute(2, 0x0006800F, "text of the file"));
  const Extracted extracted = read_as("winmail.dat", bytes);
  EXPECT_NE(find_text(extracted, Zone::kSubject, "the subject"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "Hello, the body"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "Staff number: AB 12345"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "x@else.test"), nullptr);
  const model::Segment* file = find_text(extracted, Zone::kDocument, "text of the file");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->path, "winmail.dat › notes.txt");
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(Tnef, ReadsAnAttachedMessage) {
  const std::string inner = tnef(attribute(1, 0x0002800C, "body of the inner message"));
  const std::string bytes =
      tnef(attribute(2, 0x00069002, std::string(14, '\0')) +
           attribute(2, 0x00069005,
                     little_endian(1, 4) +
                         property(0x3701, 0x000D, std::string(16, 'i') + inner)));
  EXPECT_NE(
      find_text(read_as("winmail.dat", bytes), Zone::kBody, "body of the inner message"),
      nullptr);
}

TEST(Tnef, KeepsWhatStandsBeforeTheFault) {
  std::string bytes = tnef(attribute(1, 0x00018004, "the subject") +
                           attribute(1, 0x0002800C, "begin of the body"));
  bytes.resize(bytes.size() - 6);
  const Extracted extracted = read_as("winmail.dat", bytes);
  EXPECT_NE(find_text(extracted, Zone::kSubject, "the subject"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "begin of the"), nullptr);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kCorrupt), nullptr);
}

}  // namespace
}  // namespace noshare::extract
