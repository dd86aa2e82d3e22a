// Context words, table headers, and the first pass's kernels.
#include <random>

#include <gtest/gtest.h>

#include "noshare/detect/detector.h"

#include "detect/context_words.h"
#include "detect/region_finder.h"
#include "detect/table_view.h"
#include "detect/value_form.h"

namespace noshare::detect {
namespace {

struct Case {
  const char* name;
  const char* text;
  std::vector<std::string> found;
};
class ContextWordsIn : public testing::TestWithParam<Case> {};

TEST_P(ContextWordsIn, AreWholeWordsInAnyCase) {
  ContextWords words;
  for (const char* word :
       {"card", "card no", "n\xC3\xBAmero", "SSN", "e-mail", "\xE5\x8D\xA1\xE5\x8F\xB7"})
    ASSERT_TRUE(words.add(word).has_value());
  words.finish();
  const std::string_view text = GetParam().text;
  std::vector<ContextHit> hits;
  words.find(text, 0, static_cast<std::uint32_t>(text.size()), hits);
  std::vector<std::string> found;
  for (const ContextHit& hit : hits) found.push_back(words.phrase(hit.phrase));
  EXPECT_EQ(found, GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ContextWordsIn,
    testing::Values(Case{"Word", "the CARD is", {"card"}},
                    Case{"PartOfAWord", "cardboard, discard", {}},
                    Case{"Phrase", "Card  No. 5", {"card", "card no"}},
                    Case{"PhraseOverLines", "card\nno", {"card", "card no"}},
                    Case{"PhraseInAColumnName", "card_no", {"card", "card no"}},
                    Case{"WordsTooFarApart", "card (no)", {"card"}},
                    Case{"CapitalsOfOtherScripts", "N\xC3\x9AMERO", {"n\xC3\xBAmero"}},
                    Case{"Hyphen", "E-Mail", {"e-mail"}},
                    Case{"WithoutSpaces",
                         "\xE6\x88\x91\xE5\x8D\xA1\xE5\x8F\xB7"
                         "1",
                         {"\xE5\x8D\xA1\xE5\x8F\xB7"}}),
    [](const auto& one) { return one.param.name; });

TEST(ContextWords, RefusePunctuationAlone) {
  ContextWords words;
  EXPECT_FALSE(words.add("--").has_value());
}

TEST(ContextIndex, FindsTheSameInPiecesAsAtOnce) {
  ContextWords words;
  for (const char* word : {"a", "ab", "a b", "b\xC3\xA4"})
    ASSERT_TRUE(words.add(word).has_value());
  words.finish();
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {"a",        "b", " ", "\n",
                                           "\xC3\xA4", "-", "1", "\xE2\x80\x9C"};
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += pieces[random() % pieces.size()];
    std::vector<ContextHit> all;
    words.find(text, 0, static_cast<std::uint32_t>(text.size()), all);
    ContextIndex index;
    index.reset(&words, text);
    for (int visit = 0; visit < 20; ++visit) {
      const auto begin = static_cast<std::uint32_t>(random() % text.size());
      const auto end = std::min(begin + static_cast<std::uint32_t>(random() % 400),
                                static_cast<std::uint32_t>(text.size()));
      std::vector<std::pair<std::uint32_t, std::uint32_t>> found, expected;
      index.visit(begin, end, [&](const ContextHit& hit) {
        found.emplace_back(hit.span.begin, hit.phrase);
      });
      for (const ContextHit& hit : all) {
        if (hit.span.begin >= begin && hit.span.begin < end)
          expected.emplace_back(hit.span.begin, hit.phrase);
      }
      ASSERT_EQ(found, expected) << text;
    }
  }
}

std::string header_for(std::string_view text, std::string_view cell) {
  TableView table;
  table.reset(text);
  const model::Span span = table.header_of(static_cast<std::uint32_t>(text.find(cell)));
  return std::string(text.substr(span.begin, span.end - span.begin));
}

TEST(TableView, FindsTheHeaderOfAColumn) {
  EXPECT_EQ(header_for("name\tcard\nAnn\t4111\nBob\t5500\n", "5500"), "card");
  EXPECT_EQ(header_for("name,id,city\n\"Roe, A\",4711,York\n", "4711"), "id");
  EXPECT_EQ(header_for("a;b\n1;2\n", "1"), "a");
  EXPECT_EQ(header_for("INSERT INTO t (id, name, ssn) VALUES\n(1, 'Ann', '4711'),\n"
                       "(2, 'Bob', '4712');\n",
                       "4711"),
            " ssn) VALUES");
}

TEST(TableView, KnowsWhereThereIsNone) {
  EXPECT_EQ(header_for("name\tcard\nAnn\t4111\n", "card"), "");
  EXPECT_EQ(header_for("Dear all,\nthe number is 4111.\n", "4111"), "");
  EXPECT_EQ(header_for("12345678\t9\n4111\t5\n", "4111"), "");
}

TEST(BlockKernels, AgreeOnAllBytes) {
  std::string text(64 * 16, '\0');
  std::mt19937 random(3);
  for (char& c : text) c = static_cast<char>(random());
  for (int byte = 0; byte < 256; ++byte)
    text[static_cast<std::size_t>(byte)] = static_cast<char>(byte);
  std::vector<BlockMasks> expected(16), found(16);
  classify_portable(text.data(), 16, expected.data());
  best_kernel()(text.data(), 16, found.data());
  EXPECT_EQ(std::memcmp(expected.data(), found.data(), sizeof(BlockMasks) * 16), 0);
#if defined(__x86_64__)
  classify_sse2(text.data(), 16, found.data());
  EXPECT_EQ(std::memcmp(expected.data(), found.data(), sizeof(BlockMasks) * 16), 0);
#endif
}

TEST(RegionFinder, FindsRunsAcrossBlocks) {
  RegionWants wants;
  wants.least_run = {1, 0, 0, 6, 0};
  wants.capital_words = true;
  const std::string text =
      std::string(60, ' ') + "1234567890 Ann Lee" + std::string(130, '7');
  Regions regions;
  find_regions(text, wants, best_kernel(), regions);
  const std::vector<model::Span> digits = {{60, 70}, {78, 208}};
  EXPECT_EQ(regions.runs[0], digits);
  EXPECT_EQ(regions.runs[3], digits);
  EXPECT_EQ(regions.capital_pairs, (std::vector<model::Span>{{71, 76}}));
  EXPECT_TRUE(regions.ascii);
}

TEST(RegionFinder, FindsCapitalsBehindTheLinksOfNames) {
  RegionWants wants;
  wants.capital_words = true;
  Regions regions;
  const auto found = [&](std::string_view text) {
    find_regions(text, wants, best_kernel(), regions);
    return regions.capital_pairs.size();
  };
  EXPECT_EQ(found("Ana de Vries"), 1U);
  EXPECT_EQ(found("Ana van der Meer"), 1U);
  EXPECT_EQ(found("Ana al-Zahra and Bo d'Estaing"), 2U);
  EXPECT_EQ(found(std::string(60, ' ') + "Ana de Vries"), 1U);
  EXPECT_EQ(found("in Paris they met Ana of London"), 0U);
  EXPECT_EQ(found("de\nVries"), 0U);
}

TEST(ValueForm, NormalisesAndMasks) {
  EXPECT_EQ(normalised(config::Normalise::kDigits, "4111-1111 x"), "41111111");
  EXPECT_EQ(normalised(config::Normalise::kAlnumUpper, "gb29 nwbk"), "GB29NWBK");
  EXPECT_EQ(normalised(config::Normalise::kLower, " \xC3\x84nn@Host.Example "),
            "\xC3\xA4nn@host.example");
  EXPECT_EQ(normalised(config::Normalise::kWords, "Dr. Ann\n  Lee"), "dr ann lee");
  EXPECT_EQ(masked("payment_card_number", "4111 1111 1111 1111"), "************1111");
  EXPECT_EQ(masked("email_address", "ann@host.example"), "****@host.example");
  EXPECT_EQ(masked("any", "abc"), "***");
}

TEST(ValueForm, KnowsPlaceholders) {
  EXPECT_TRUE(looks_like_placeholder("123-456-789"));
  EXPECT_TRUE(looks_like_placeholder("0000000000"));
  EXPECT_TRUE(looks_like_placeholder("987654321"));
  EXPECT_FALSE(looks_like_placeholder("123456788"));
  EXPECT_FALSE(looks_like_placeholder("12345"));
}

}  // namespace
}  // namespace noshare::detect
