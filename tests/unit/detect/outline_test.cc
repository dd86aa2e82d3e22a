// The outline turns away what no expression can match, by kinds of characters alone.
#include "detect/outline.h"

#include <gtest/gtest.h>

#include "detect/regex.h"

namespace noshare::detect {
namespace {

// An outline of one automaton per expression.
Outline outline_of(const std::vector<const char*>& expressions) {
  std::vector<RegexNode> trees;
  for (const char* expression : expressions)
    trees.push_back(parse_regex(expression, false).value());
  std::vector<AutomatonMember> members;
  std::vector<std::uint64_t> masks;
  for (std::uint32_t id = 0; id < trees.size(); ++id) {
    members.push_back({&trees[id], id});
    masks.push_back(std::uint64_t{1} << id);
  }
  Outline outline = Outline::build(members);
  outline.set_masks(masks);
  return outline;
}

std::uint64_t automata_at(const Outline& outline, std::string_view text) {
  const char* const end = text.data() + text.size();
  return outline.automata_at(text.data(), end, [&](const char* at) { return at == end; });
}

TEST(Outline, LetsThroughByKindOfCharacter) {
  const Outline outline =
      outline_of({"[1-4]\\d{8}", "\\d{3}-\\d{2}-\\d{4}", "AB\\d{6}", "[0-9a-f]{12}"});
  ASSERT_TRUE(outline.exists());
  EXPECT_EQ(automata_at(outline, "123456789"), 0b0001U);
  EXPECT_EQ(automata_at(outline, "923456789"), 0b0001U) << "values are not told apart";
  EXPECT_EQ(automata_at(outline, "123-45-6789"), 0b0010U);
  EXPECT_EQ(automata_at(outline, "XY123456"), 0b0100U);
  EXPECT_EQ(automata_at(outline, "xy123456"), 0U) << "cases are";
  EXPECT_EQ(automata_at(outline, "123456zzzzzz"), 0b1000U);
  EXPECT_EQ(automata_at(outline, "1234567890"), 0U);
  EXPECT_EQ(automata_at(outline, "123 45 6789"), 0U);
}

TEST(Outline, AsksWhereMatchesMayEnd) {
  const Outline outline = outline_of({"\\d{4}", "\\d{6}"});
  const std::string_view text = "123456";
  std::vector<std::size_t> ends;
  const auto bits =
      outline.automata_at(text.data(), text.data() + text.size(), [&](const char* at) {
        ends.push_back(static_cast<std::size_t>(at - text.data()));
        return ends.back() == 4;
      });
  EXPECT_EQ(ends, (std::vector<std::size_t>{4, 6}));
  EXPECT_EQ(bits, 0b01U);
}

TEST(Outline, IsNoneWhereItWouldBeTooLarge) {
  EXPECT_FALSE(outline_of({"[a-z-]*[a-z][a-z-]{15}"}).exists());
  EXPECT_FALSE(outline_of({}).exists());
}

TEST(Outline, SurvivesItsSerialisedForm) {
  const Outline outline = outline_of({"\\d{4}", "\\d{6}"});
  ByteWriter out;
  outline.write(out);
  const std::string bytes = out.take();
  Outline other;
  ByteReader in(bytes);
  ASSERT_TRUE(other.read(in, 2));
  other.set_masks(std::vector<std::uint64_t>{1, 2});
  EXPECT_EQ(automata_at(other, "123456"), 2U);
  ByteReader again(bytes);
  EXPECT_FALSE(other.read(again, 1)) << "an id beyond the plan's";
}

}  // namespace
}  // namespace noshare::detect
