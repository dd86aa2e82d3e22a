// Word, Excel and PowerPoint files of the years before 2007.
#include "noshare/extract/office.h"

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "noshare/base/files.h"

#include "compound_builder.h"
#include "extract/office/cell_value.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

std::vector<Found> all_of(const std::string& bytes) {
  std::vector<Found> found;
  read_office(bytes, [&](Found one) { found.push_back(std::move(one)); });
  return found;
}

// Texts by name; of what is unreadable the reason, behind a "!".
std::map<std::string, std::string> texts_of(const std::string& bytes) {
  std::map<std::string, std::string> texts;
  for (const Found& one : all_of(bytes)) {
    if (one.kind == FoundKind::kUnreadable) {
      texts["!" + one.name] = model::name(one.reason);
    } else {
      texts[one.name] += one.bytes;
    }
  }
  return texts;
}

std::string with_stream(std::string_view name, const std::string& bytes) {
  CompoundBuilder file;
  file.stream(0, name, bytes);
  return file.bytes();
}

// Written by LibreOffice 7.4: header, footnote, comment, link, table.
TEST(OldWord, ReadsEveryPartOfADocument) {
  const auto file =
      read_file(std::string(NOSHARE_SOURCE_DIR) + "/tests/unit/extract/files/letter.doc");
  ASSERT_TRUE(file);
  auto texts = texts_of(*file);
  EXPECT_NE(texts["text"].find("Please charge my credit card 4111 1111 1111 1111 today, "
                               "J\xC3\xBCrgen \xCE\xA9."),
            std::string::npos);
  EXPECT_NE(texts["text"].find("Jane Roe\t+1 202 555 0143"), std::string::npos);
  EXPECT_NE(texts["footnotes"].find("IBAN GB29 NWBK 6016 1331 9268 19"),
            std::string::npos);
  EXPECT_NE(texts["headers and footers"].find("378282246310005"), std::string::npos);
  EXPECT_NE(texts["comments"].find("5555 5555 5555 4444"), std::string::npos);
  EXPECT_NE(texts["text, fields"].find("mailto:someone@example.net"), std::string::npos);
  EXPECT_NE(texts["properties"].find("4012888888881881"), std::string::npos);
}

TEST(OldWord, WithAPasswordIsEncrypted) {
  std::string stream(0x1AA, '\0');
  stream[0] = '\xEC';
  stream[1] = '\xA5';
  stream[0x0B] = 1;
  EXPECT_EQ(texts_of(with_stream("WordDocument", stream))["!"], "encrypted");
}

TEST(OldWord, WithoutAPieceTableIsCorrupt) {
  std::string stream(0x1AA, '\0');
  stream[0] = '\xEC';
  stream[1] = '\xA5';
  EXPECT_EQ(texts_of(with_stream("WordDocument", stream))["!"], "corrupt");
}

std::string record(unsigned type, const std::string& data) {
  return little_endian(type, 2) + little_endian(data.size(), 2) + data;
}
std::string begin_of(unsigned kind) {
  return record(
      0x0809, little_endian(0x0600, 2) + little_endian(kind, 2) + std::string(12, '\0'));
}
std::string cell(unsigned row, unsigned column, unsigned format) {
  return little_endian(row, 2) + little_endian(column, 2) + little_endian(format, 2);
}
std::string narrow(std::string_view text) {
  return little_endian(text.size(), 2) + std::string(1, '\0') + std::string(text);
}

// Globals with two formats, then one hidden sheet "S" with these records.
std::string workbook(const std::string& cells, const std::string& globals = "") {
  const std::string head =
      begin_of(5) + record(0x041E, little_endian(200, 2) + narrow("000\\-00\\-0000")) +
      record(0x00E0, std::string(20, '\0')) +
      record(0x00E0, little_endian(0, 2) + little_endian(14, 2) + std::string(16, '\0')) +
      record(0x00E0,
             little_endian(0, 2) + little_endian(200, 2) + std::string(16, '\0')) +
      globals;
  const std::size_t sheet_at = head.size() + 4 + 9 + 4;
  const std::string sheet = record(
      0x0085, little_endian(sheet_at, 4) + little_endian(1, 2) + std::string("\1\0S", 3));
  return head + sheet + record(0x000A, "") + begin_of(0x10) + cells + record(0x000A, "");
}
std::string sheet_text(const std::string& cells, const std::string& globals = "") {
  return texts_of(with_stream("Workbook", workbook(cells, globals)))["S"];
}

TEST(OldExcel, ReadsEveryKindOfCell) {
  const double number = 4111111111111111;
  std::string bits(8, '\0');
  std::memcpy(bits.data(), &number, sizeof number);
  const std::string cells =
      record(0x0203, cell(0, 0, 0) + bits) +
      record(0x027E, cell(0, 1, 0) + little_endian((12345U << 2U) | 3U, 4)) +
      record(0x00BD, little_endian(1, 2) + little_endian(0, 2) + little_endian(0, 2) +
                         little_endian((7U << 2U) | 2U, 4) + little_endian(0, 2) +
                         little_endian((8U << 2U) | 2U, 4) + little_endian(1, 2)) +
      record(0x0204, cell(2, 0, 0) + narrow("label")) +
      record(0x0006, cell(3, 0, 0) + std::string("\0\0\0\0\0\0\xFF\xFF", 8) +
                         std::string(8, '\0')) +
      record(0x0207, narrow("of a formula")) +
      record(0x027E, cell(4, 0, 1) + little_endian((29221U << 2U) | 2U, 4)) +
      record(0x027E, cell(4, 1, 2) + little_endian((78051120U << 2U) | 2U, 4));
  EXPECT_EQ(
      sheet_text(cells),
      "4111111111111111\t123.45\n7\t8\nlabel\nof a formula\n1980-01-01\t078-05-1120 "
      "78051120\n");
}

// A text whose record breaks off goes on in the next one, in another width.
TEST(OldExcel, ReadsSharedTextsOverSeveralRecords) {
  const std::string first = little_endian(2, 4) + little_endian(2, 4) +
                            little_endian(10, 2) + std::string(1, '\0') + "hello";
  const std::string rest = std::string("\1 \0w\0o\0r\0l\0", 11) + narrow("second");
  const std::string cells = record(0x00FD, cell(0, 0, 0) + little_endian(0, 4)) +
                            record(0x00FD, cell(0, 1, 0) + little_endian(1, 4));
  EXPECT_EQ(sheet_text(cells, record(0x00FC, first) + record(0x003C, rest)),
            "hello worl\tsecond\n");
}

TEST(OldExcel, ReadsTextsThatNoCellShows) {
  const std::string shared =
      little_endian(1, 4) + little_endian(1, 4) + narrow("left behind");
  auto texts = texts_of(with_stream("Workbook", workbook("", record(0x00FC, shared))));
  EXPECT_EQ(texts["texts of no cell"], "left behind\n");
}

TEST(OldExcel, WithAPasswordIsEncrypted) {
  const std::string stream = begin_of(5) + record(0x002F, std::string(6, '\0'));
  EXPECT_EQ(texts_of(with_stream("Workbook", stream))["!"], "encrypted");
}

TEST(OldExcel, CutShortIsCorrupt) {
  std::string stream = workbook(record(0x0204, cell(0, 0, 0) + narrow("label")));
  stream.resize(stream.size() - 7);
  EXPECT_EQ(texts_of(with_stream("Workbook", stream))["!"], "corrupt");
}

std::string slide_record(unsigned head, unsigned type, const std::string& data) {
  return little_endian(head, 2) + little_endian(type, 2) + little_endian(data.size(), 4) +
         data;
}

TEST(OldPowerPoint, ReadsTextsOfSlidesAndNotes) {
  const std::string slide =
      slide_record(0x0F, 0x03EE, slide_record(0, 0x0FA8, "one\rtwo")) +
      slide_record(
          0x0F, 0x03F0,
          slide_record(0x0F, 0xF00D, slide_record(0, 0x0FA0, std::string("n\0", 2))));
  auto texts = texts_of(with_stream("PowerPoint Document", slide));
  EXPECT_EQ(texts["slide 1"], "one\ntwo\n");
  EXPECT_EQ(texts["notes 1"], "n\n");
}

TEST(OldPowerPoint, GivesObjectsAsFiles) {
  const std::string stored = slide_record(0x00, 0x1011, "file");
  EXPECT_EQ(texts_of(with_stream("PowerPoint Document", stored))["object 1"], "file");
}

TEST(OldOffice, ReadsDocumentsInsideDocuments) {
  CompoundBuilder file;
  file.stream(0, "PowerPoint Document", slide_record(0, 0x0FA8, "outer"));
  const std::size_t pool = file.storage(0, "MBD01");
  file.stream(pool, "Workbook",
              workbook(record(0x0204, cell(0, 0, 0) + narrow("inner"))));
  auto texts = texts_of(file.bytes());
  EXPECT_EQ(texts["outline"], "outer\n");
  EXPECT_EQ(texts["MBD01, S"], "inner\n");
}

TEST(OldOffice, GivesPackagedFiles) {
  const std::string native = little_endian(99, 4) + little_endian(2, 2) + "a.txt" +
                             std::string(1, '\0') + "C:\\a.txt" + std::string(1, '\0') +
                             little_endian(0x30000, 4) + little_endian(4, 4) + "tmp" +
                             std::string(1, '\0') + little_endian(5, 4) + "bytes";
  EXPECT_EQ(texts_of(with_stream("\1Ole10Native", native))["a.txt"], "bytes");
}

TEST(OldOffice, OfAnUnknownProgramIsUnsupported) {
  EXPECT_EQ(texts_of(with_stream("VisioDocument", "x"))["!"], "unsupported");
}

TEST(OldOffice, WithAnEncryptedPackageIsEncrypted) {
  EXPECT_EQ(texts_of(with_stream("EncryptedPackage", "x"))["!"], "encrypted");
}

TEST(CellValue, ShowsNumbersAsTheirFormatDoes) {
  EXPECT_EQ(stored_number(4111111111111111), "4111111111111111");
  EXPECT_EQ(stored_number(0.5), "0.5");
  EXPECT_EQ(shown_date(29221, false), "1980-01-01");
  EXPECT_EQ(shown_date(0, false), "");
  EXPECT_EQ(shown_digits(78051120, "000-00-0000"), "078-05-1120");
  EXPECT_EQ(shown_digits(12, "00000"), "00012");
  EXPECT_EQ(shown_digits(2025550143, "(000) 000-0000"), "(202) 555-0143");
  EXPECT_EQ(shown_digits(1234, "#,##0.00"), "");
  EXPECT_TRUE(is_date_format(14, ""));
  EXPECT_TRUE(is_date_format(200, "yyyy\\-mm\\-dd"));
  EXPECT_FALSE(is_date_format(200, "\"day\" 0"));
}

}  // namespace
}  // namespace noshare::extract
