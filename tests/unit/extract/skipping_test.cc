// Passing many bytes at a time finds what looking at each byte finds.
#include "extract/disguise/skipping.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "extract/encoded_groups.h"

namespace noshare::extract {
namespace {

Bytes are_letters(Bytes bytes) { return bytes.is_alnum(); }

// Letters and spaces, of which `letters` in a hundred are letters.
std::string random_text(std::mt19937& random, std::size_t size, unsigned letters) {
  std::string text;
  while (text.size() < size) text += random() % 100 < letters ? 'a' : ' ';
  return text;
}

using Rows = std::vector<std::pair<std::size_t, std::size_t>>;

Rows rows_of(std::string_view text) {
  Rows rows;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_ascii_alnum(text[end])) ++end;
    if (end > at) rows.emplace_back(at, end);
    at = end + 1;
  }
  return rows;
}

TEST(Skipping, MeetsEveryRowOverBlockEdges) {
  std::mt19937 random(1);
  for (unsigned size = 0; size < 300; ++size) {
    const std::string text = random_text(random, size, size % 100);
    Rows met;
    each_row(text, are_letters, [&](std::size_t begin, std::size_t end) {
      met.emplace_back(begin, end);
      return true;
    });
    EXPECT_EQ(met, rows_of(text)) << size;
  }
}

TEST(Skipping, PassesNoRowThatIsLongEnough) {
  constexpr unsigned kRow = 20;
  std::mt19937 random(2);
  for (unsigned round = 0; round < 500; ++round) {
    const std::string text = random_text(random, 400, 80 + round % 20);
    const std::size_t reached = behind_short_rows<kRow>(text, 0, are_letters);
    for (const auto& [begin, end] : rows_of(text)) {
      if (end - begin >= kRow) {
        EXPECT_LE(reached, begin) << text;
      }
    }
  }
}

TEST(Skipping, FindsWordsAsFindDoes) {
  const std::string filler(61, 'b');
  for (std::size_t before = 0; before < 70; ++before) {
    const std::string text =
        filler.substr(0, before) + "beg begin 1" + filler + "begin" + "begin 2";
    for (std::size_t at = text.find("begin "); at != std::string::npos;
         at = text.find("begin ", at + 1)) {
      EXPECT_EQ(find_word(text, "begin ", at), at);
    }
    EXPECT_EQ(find_word(text, "begin "), text.find("begin "));
    EXPECT_EQ(find_word(text, "begins"), std::string::npos);
  }
}

// Where the first words are as long as the groups behind them, or longer, none is lost.
TEST(GroupedRuns, AreFoundBehindWordsOfAnyLength) {
  const std::string encoded = "bXkg Y2Fy ZCA0 MTEx IDEx MTE";
  for (const std::string words : {"", "a ", "we ", "see ", "hello world ", "one two six ",
                                  "please, look here; ", "\n\n", "several several\n\n"}) {
    const auto runs = runs_in_groups(words + encoded + "\n");
    EXPECT_TRUE(std::any_of(runs.begin(), runs.end(), [](const std::string& run) {
      return run.ends_with("bXkgY2FyZCA0MTExIDExMTE");
    })) << words;
  }
}

}  // namespace
}  // namespace noshare::extract
