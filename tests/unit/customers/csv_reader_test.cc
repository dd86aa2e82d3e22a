#include "noshare/customers/csv_reader.h"

#include <fstream>

#include <gtest/gtest.h>

namespace noshare::customers {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::filesystem::path file_of(const std::string& text) {
  const auto file = std::filesystem::path(testing::TempDir()) / "rows.csv";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

Rows rows_of(const std::string& text) {
  auto reader = CsvReader::open(file_of(text)).value();
  Rows rows;
  std::vector<std::string> fields;
  while (reader.next(fields).value()) rows.push_back(fields);
  return rows;
}

TEST(CsvReader, ReadsQuotedFieldsOfSeveralLines) {
  EXPECT_EQ(rows_of("a,b\r\n\"x \"\"y\"\"\nz\",\"1,2\"\r\n"),
            (Rows{{"a", "b"}, {"x \"y\"\nz", "1,2"}}));
}

TEST(CsvReader, FindsTheSeparatorAndSkipsTheByteOrderMark) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a;b;c\n1;2,5;3"),
            (Rows{{"a", "b", "c"}, {"1", "2,5", "3"}}));
  EXPECT_EQ(rows_of("a\tb\n1\t2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvReader, GoesOnAtAnOffset) {
  const auto file = file_of("a,b\n1,2\n3,4\n5,6\n");
  auto reader = CsvReader::open(file).value();
  std::vector<std::string> fields;
  ASSERT_TRUE(reader.next(fields).value() && reader.next(fields).value());
  const std::uint64_t offset = reader.offset();
  auto again = CsvReader::open(file).value();
  ASSERT_TRUE(again.seek(offset, reader.line()));
  ASSERT_TRUE(again.next(fields).value());
  EXPECT_EQ(fields, (std::vector<std::string>{"3", "4"}));
  EXPECT_EQ(again.line(), 3U);
}

TEST(CsvReader, TellsTheLineOfARowThatDoesNotEnd) {
  auto reader =
      CsvReader::open(file_of("a,b\n1,\"" + std::string(3 << 20, 'x') + "\n")).value();
  std::vector<std::string> fields;
  ASSERT_TRUE(reader.next(fields).value());
  const auto broken = reader.next(fields);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("line 2"), std::string::npos);
}

TEST(CsvReader, TakesAnEmptyFileForNoRows) { EXPECT_EQ(rows_of(""), Rows{}); }

}  // namespace
}  // namespace noshare::customers
