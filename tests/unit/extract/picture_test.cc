// The texts that stand in pictures beside what they show.
#include "extract/pictures/picture.h"

#include <string>

#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

using model::Zone;

// A TIFF structure, big or little endian, field by field.
class TiffBuilder {
 public:
  explicit TiffBuilder(bool big) : big_(big) {}
  std::string number(std::uint32_t value, int size) const {
    std::string bytes;
    for (int i = 0; i < size; ++i) {
      const int shift = 8 * (big_ ? size - 1 - i : i);
      bytes += static_cast<char>((value >> shift) & 0xFFU);
    }
    return bytes;
  }
  std::string field(unsigned tag, unsigned type, unsigned count,
                    std::uint32_t value) const {
    return number(tag, 2) + number(type, 2) + number(count, 4) + number(value, 4);
  }
  // Description "IBAN", and the Eiffel tower: 48 51' 30" N, 2 17' 40" W.
  std::string bytes() const {
    std::string file = (big_ ? "MM" : "II") + number(42, 2) + number(8, 4);
    file += number(2, 2) + field(0x010E, 2, 12, 100) + field(0x8825, 4, 1, 120) +
            number(0, 4);
    file.resize(100);
    file += "Jane's card";
    file.resize(120);
    const std::string north =
        big_ ? std::string("N\0\0\0", 4) : std::string("N\0\0\0", 4);
    file += number(4, 2);
    file += number(1, 2) + number(2, 2) + number(2, 4) + north;
    file += field(2, 5, 3, 200);
    file += number(3, 2) + number(2, 2) + number(2, 4) + std::string("W\0\0\0", 4);
    file += field(4, 5, 3, 224) + number(0, 4);
    file.resize(200);
    for (const unsigned part : {48U, 51U, 30U, 2U, 17U, 40U}) {
      file += number(part, 4) + number(1, 4);
    }
    return file;
  }

 private:
  bool big_;
};

class ByteOrder : public testing::TestWithParam<bool> {};
TEST_P(ByteOrder, OfExifDoesNotMatter) {
  const std::string tiff = TiffBuilder(GetParam()).bytes();
  for (const std::string& file :
       {tiff, "\xFF\xD8\xFF\xE1\x01\x20" + std::string("Exif\0\0", 6) + tiff,
        std::string("RIFF\0\0\0\0WEBPEXIF\0\0\0\0", 20) + tiff}) {
    const std::string text = picture_text(file);
    EXPECT_NE(text.find("Description: Jane's card"), std::string::npos) << text;
    EXPECT_NE(text.find("GPS position: 48.858333, -2.294444"), std::string::npos) << text;
  }
}
INSTANTIATE_TEST_SUITE_P(Both, ByteOrder, testing::Bool());

std::string chunk(std::string_view type, const std::string& data) {
  return TiffBuilder(true).number(static_cast<std::uint32_t>(data.size()), 4) +
         std::string(type) + data + "CRC!";
}

TEST(PictureText, OfPngChunksIsRead) {
  const std::string file =
      "\x89PNG\r\n\x1A\n" + chunk("IHDR", std::string(13, '\0')) +
      chunk("tEXt", std::string("Author\0Jane Roe", 15)) +
      chunk("iTXt", std::string("Comment\0\0\0en\0\0caf\xC3\xA9", 19)) +
      chunk("zTXt",
            std::string("Note\0\0", 6) +
                std::string("\x78\x9C\xCB\x48\xCD\xC9\xC9\x07\x00\x06\x2C\x02\x15", 13)) +
      chunk("IEND", "");
  const std::string text = picture_text(file);
  EXPECT_NE(text.find("Jane Roe"), std::string::npos) << text;
  EXPECT_NE(text.find("caf\xC3\xA9"), std::string::npos) << text;
  EXPECT_NE(text.find("hello"), std::string::npos) << text;
}

TEST(PictureText, OfCommentsInJpegAndGifIsRead) {
  const std::string jpeg("\xFF\xD8\xFF\xFE\x00\x0Ahello Jo\xFF\xD9", 16);
  EXPECT_NE(picture_text(jpeg).find("hello Jo"), std::string::npos);
  const std::string gif("GIF89a\1\0\1\0\0\0\0\x21\xFE\5hello\0\x3B", 23);
  EXPECT_NE(picture_text(gif).find("hello"), std::string::npos);
}

TEST(PictureText, OfIptcIsRead) {
  const std::string file("\xFF\xD8 8BIM\4\4\0\0\0\0\0\x0D\x1C\2\x78\0\5hello", 26);
  EXPECT_NE(picture_text(file).find("hello"), std::string::npos);
}

TEST(PictureText, OfXmpIsReadAsXml) {
  const std::string file =
      "\x89PNG\r\n\x1A\n<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc>Jane &amp; "
      "Joe</dc></x:xmpmeta>";
  const Extracted extracted = read_as("a.png", file);
  const bool found = find_text(extracted, Zone::kDocument, "Jane & Joe") != nullptr ||
                     find_text(extracted, Zone::kBody, "Jane & Joe") != nullptr;
  EXPECT_TRUE(found);
}

// Folders that lead to each other, and values that overlap.
TEST(PictureText, OfABrokenExifEnds) {
  const TiffBuilder build(false);
  std::string loop = "II*" + std::string(1, '\0') + build.number(8, 4);
  loop += build.number(0xFFFF, 2);
  for (int i = 0; i < 0xFFFF; ++i) loop += build.field(0x8769, 4, 1, 8);
  EXPECT_EQ(picture_text(loop), "");
  std::string overlapping = "II*" + std::string(1, '\0') + build.number(8, 4);
  overlapping += build.number(0xFFFF, 2);
  for (int i = 0; i < 0xFFFF; ++i) overlapping += build.field(0x010E, 2, 700'000, 8);
  EXPECT_LT(picture_text(overlapping).size(), 8U << 20U);
}

}  // namespace
}  // namespace noshare::extract
