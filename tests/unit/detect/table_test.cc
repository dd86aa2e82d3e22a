// Text with rows: headers, columns that speak for their cells, rows as people.
#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/line_marks.h"
#include "detect/table_view.h"
#include "engine_support.h"

namespace noshare::detect {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string header_for(std::string_view text, std::string_view cell, model::Zone zone) {
  TableView table;
  table.reset(text, zone);
  const model::Span span = table.header_of(static_cast<std::uint32_t>(text.find(cell)));
  return std::string(text.substr(span.begin, span.end - span.begin));
}

// Line by line, as LineMarks does it in blocks.
std::vector<MarkedLine> lines_slowly(std::string_view text) {
  std::vector<MarkedLine> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view here = text.substr(begin, end - begin);
    MarkedLine line{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    for (std::size_t i = 0; i < kCellMarks.size(); ++i)
      line.counts[i] =
          static_cast<std::uint32_t>(std::count(here.begin(), here.end(), kCellMarks[i]));
    line.quoted = here.find('"') != std::string_view::npos;
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

TEST(LineMarks, CountsWhatIsInEachLine) {
  std::mt19937 random(7);
  constexpr std::string_view kBytes = "aaaaaaaaaa,;|\t\"\n";
  for (std::size_t size = 0; size < 400; ++size) {
    std::string text;
    while (text.size() < size) text.push_back(kBytes[random() % kBytes.size()]);
    std::vector<MarkedLine> lines;
    LineMarks marks(text);
    for (MarkedLine line; marks.next(line);) lines.push_back(line);
    EXPECT_EQ(lines, lines_slowly(text)) << text;
  }
}

TEST(TableHeader, StandsBelowTheTitle) {
  EXPECT_EQ(header_for("Customers 2026,,\nname,id,city\nAnn,4711,York\n", "4711",
                       model::Zone::kBody),
            "id");
}

TEST(TableHeader, IsNoRowOfValues) {
  EXPECT_EQ(header_for("Ann\t219-09-9999\nBob\t219-09-9998\n", "219-09-9998",
                       model::Zone::kBody),
            "");
}

TEST(TableHeader, HoldsForRaggedRowsOfASheet) {
  const std::string_view sheet = "name\tcard\tcity\nAnn\n\nBob\t4111\n";
  EXPECT_EQ(header_for(sheet, "4111", model::Zone::kCell), "card");
  EXPECT_EQ(header_for("card\n4111\n5500\n", "5500", model::Zone::kCell), "card");
}

// Sixteen digits that Luhn accepts.
std::string card_number(int number) {
  std::string digits = fmt::format("411111{:09d}", number * 7919);
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

config::Pattern card() {
  config::Pattern result = pattern("card", "\\d{16}");
  result.normalise = config::Normalise::kDigits;
  result.check.push_back({"luhn", {}, 3});
  result.confidence = {30, 60, 50};
  result.near.push_back(context({"card"}, 20));
  return result;
}

std::vector<Detected> in_column(int valid, int other) {
  std::string text = "item;code\n";
  for (int i = 1; i <= valid; ++i) text += fmt::format("pen;{}\n", card_number(i));
  for (int i = 1; i <= other; ++i) {
    std::string number = card_number(100 + i);
    number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
    text += fmt::format("ink;{}\n", number);
  }
  model::Segment segment;
  segment.text = text;
  return detected_in(database_of({card()}), segment);
}

int confidence_in_column(int valid, int other) {
  const auto detected = in_column(valid, other);
  return detected.empty() ? 0 : detected.front().finding.confidence;
}

TEST(Column, RaisesItsCellsWhenNearlyAllPass) {
  const auto detected = in_column(9, 1);
  ASSERT_THAT(detected, SizeIs(9));
  for (const Detected& one : detected) {
    EXPECT_EQ(one.finding.confidence, 80);
    EXPECT_THAT(one.finding.why,
                testing::Contains("its column holds such values, now 80"));
  }
}

TEST(Column, SaysNothingWithFewRowsOrHalfOfThem) {
  EXPECT_EQ(confidence_in_column(3, 0), 50);
  EXPECT_EQ(confidence_in_column(10, 10), 50);
}

TEST(Column, LowersTheFewThatPassByChance) { EXPECT_EQ(confidence_in_column(2, 18), 30); }

TEST(Column, SpeaksForRowsInLaterStretches) {
  const auto detected = in_column(8'000, 0);
  ASSERT_THAT(detected, SizeIs(8'000));
  EXPECT_EQ(detected.back().finding.confidence, 80);
}

TEST(Column, IsNotJudgedByNumbersWithinText) {
  std::string text = "item;note\n";
  for (int i = 1; i <= 9; ++i)
    text += fmt::format("pen;paid with {} today\n", card_number(i));
  model::Segment segment;
  segment.text = text;
  for (const Detected& one : detected_in(database_of({card()}), segment))
    EXPECT_EQ(one.finding.confidence, 50);
}

}  // namespace
}  // namespace noshare::detect
