// What a sender tells the filter by answering a refusal.
#include "scan/tags.h"

#include <gtest/gtest.h>

namespace noshare::scan {
namespace {

const std::string kKey = std::string(60, 'a') + "0123";
const std::string kToken = "NS-7K3M9QX2-" + kKey;

std::vector<std::string> tags_of(const std::string& own, const std::string& quoted) {
  model::Segment segment;
  segment.part = "1";
  segment.text = own + quoted;
  segment.regions = {{{static_cast<std::uint32_t>(own.size()),
                       static_cast<std::uint32_t>(segment.text.size())},
                      model::RegionKind::kQuoted}};
  std::vector<std::string> tags;
  add_answer(std::vector<model::Segment>{segment}, tags);
  return tags;
}

TEST(Answer, IsTheQuotedKeyAndTheAuthorsOwnWords) {
  EXPECT_EQ(tags_of("It is\n my own.\n", "> 550 refused, repeat " + kToken + ")\n"),
            std::vector<std::string>{"answer " + kToken + ": It is my own."});
}

TEST(Answer, MayRepeatTheKeyAmongItsOwnWords) {
  EXPECT_EQ(tags_of(kToken + " for my tax adviser", ""),
            std::vector<std::string>{"answer " + kToken + ": for my tax adviser"});
}

TEST(Answer, WithoutWordsHasNoReason) {
  EXPECT_EQ(tags_of("\n", "> " + kToken),
            std::vector<std::string>{"answer " + kToken + ": "});
}

TEST(Answer, IsNoneWithoutAWholeKey) {
  EXPECT_TRUE(tags_of("see case NS-7K3M9QX2", "").empty());
  EXPECT_TRUE(tags_of("NS-7K3M9QX2-" + kKey.substr(1), "").empty());
  EXPECT_TRUE(tags_of("NS-7K3M9QX2-" + kKey.substr(1) + "g", "").empty());
}

TEST(Answer, IsCutToPrintableWordsOfSomeLength) {
  const auto tags = tags_of(std::string(5000, 'x') + "\x01", "> " + kToken);
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_LT(tags[0].size(), 400U);
}

}  // namespace
}  // namespace noshare::scan
