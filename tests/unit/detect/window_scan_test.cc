// Two passes find exactly what one pass of all expressions over every place finds.
#include "detect/window_scan.h"

#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "detect/compiled.h"
#include "detect/edges.h"
#include "engine_support.h"

namespace noshare::detect {
namespace {

using Match =
    std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // begin, end, expression

struct Source {
  const char* regex;
  config::Edges edges;
  bool ignore_case = false;
};

// Of every kind of anchor, with and without separators, leads and alternatives.
const std::vector<Source> kSources = {
    {"\\d{3}[- ]?\\d{2}[- ]?\\d{4}", config::Edges::kWord},
    {"(?:\\d[ -]?){12,18}\\d", config::Edges::kWord},
    {"\\d{9}", config::Edges::kDigit},
    {"\\+?\\(?\\d{2,3}\\)?(?:[ .-]?\\d{2,4}){2,3}", config::Edges::kNone},
    {"\\d{1,3}(?:\\.\\d{1,3}){3}", config::Edges::kWord},
    {"[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}", config::Edges::kWord, true},
    {"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", config::Edges::kWord},
    {"[A-Za-z0-9._-]{1,20}@[a-z0-9-]{1,10}(?:\\.[a-z]{2,5}){1,2}", config::Edges::kWord,
     true},
    {"(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}", config::Edges::kWord, true},
    {"(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}", config::Edges::kNone},
    {"sk_(?:live|test)_[0-9a-z]{4,8}", config::Edges::kWord},
    {"key[ =:]{1,3}[a-z0-9]{4,}", config::Edges::kWord, true},
    {"(?:Jan|Feb|M\xC3\xA4rz) \\d{1,2}", config::Edges::kWord, true},
    {"[a-z]{3}x{2}", config::Edges::kWord},
    {"[0-9a-z]{16,20}", config::Edges::kWord},
    {"[\xC3\xA4-\xC3\xBC]{2}\\d?", config::Edges::kNone},
};

const std::vector<const char*> kFragments = {"123",
                                             "45",
                                             "6789",
                                             "-",
                                             " ",
                                             ".",
                                             ":",
                                             "4111 1111 1111 1111",
                                             "DE",
                                             "GB29",
                                             "NWBK",
                                             "a",
                                             "abc",
                                             "xx",
                                             "@",
                                             "host",
                                             ".com",
                                             "00:1b:44:11",
                                             "FF",
                                             "sk_live_",
                                             "sk_test_",
                                             "key",
                                             "=",
                                             "KEY: ",
                                             "Jan ",
                                             "M\xC3\x84RZ ",
                                             "\xC3\xA4\xC3\xB6",
                                             "\n",
                                             "_",
                                             "(",
                                             ")",
                                             "+",
                                             "DEUTDEFF",
                                             "500",
                                             "192.0.2.1",
                                             "\xE2\x80\x9C",
                                             "deadbeefdeadbeef",
                                             "0",
                                             "9",
                                             "\xE4\xBD\xA0",
                                             ", ",
                                             "the quick brown fox "};

Plan make_plan() {
  Plan plan;
  for (std::uint32_t i = 0; i < kSources.size(); ++i) {
    PlannedExpression expression;
    auto tree = parse_regex(kSources[i].regex, kSources[i].ignore_case);
    if (!tree) {
      ADD_FAILURE() << tree.error().message;
      continue;
    }
    expression.pattern = i;
    expression.edges = kSources[i].edges;
    expression.width = width_of(*tree);
    expression.requirement = requirement_of(*tree);
    expression.tree = std::move(*tree);
    plan.expressions.push_back(std::move(expression));
  }
  plan.file_expressions();
  std::uint32_t faulty = 0;
  const auto compiled = plan.compile(faulty);
  EXPECT_TRUE(compiled.has_value()) << compiled.error().message;
  return plan;
}

std::set<Match> by_one_pass(const Plan& plan, const std::string& text) {
  std::set<Match> matches;
  for (std::uint32_t begin = 0; begin < text.size(); ++begin) {
    for (std::uint32_t i = 0; i < plan.expressions.size(); ++i) {
      const PlannedExpression& expression = plan.expressions[i];
      if (!left_edge_holds(text, begin, expression.edges)) continue;
      for (std::uint32_t end : slow_ends(expression.tree, text, begin)) {
        if (right_edge_holds(text, end, expression.edges))
          matches.insert({begin, end, i});
      }
    }
  }
  return matches;
}

std::set<Match> by_two_passes(const Plan& plan, WindowScan& scan, const std::string& text,
                              std::uint32_t stretch) {
  std::set<Match> matches;
  EXPECT_TRUE(scan.begin(text));
  for (std::uint32_t limit = 0; limit < text.size();) {
    limit = std::min(limit + stretch, static_cast<std::uint32_t>(text.size()));
    scan.advance(limit, [&](std::uint32_t begin, std::span<const MatchEnd> ends) {
      for (const MatchEnd& end : ends) {
        for (std::uint32_t expression : plan.lists[end.list])
          matches.insert({begin, end.end, expression});
      }
    });
  }
  return matches;
}

std::string random_text(std::mt19937& random) {
  std::string text;
  const std::size_t pieces = 1 + random() % 40;
  for (std::size_t i = 0; i < pieces; ++i)
    text += kFragments[random() % kFragments.size()];
  return text;
}

std::string difference(const Plan& plan, const std::set<Match>& some,
                       const std::set<Match>& others, const std::string& text) {
  std::string lines;
  for (const auto& [begin, end, expression] : some) {
    if (others.contains({begin, end, expression})) continue;
    lines += fmt::format("  '{}' by {} ({})\n", text.substr(begin, end - begin),
                         kSources[expression].regex,
                         describe(plan.expressions[expression].requirement));
  }
  return lines;
}

TEST(WindowScan, FindsWhatOnePassFinds) {
  const Plan plan = make_plan();
  std::size_t matches = 0;
#if defined(__x86_64__)
  const std::vector<BlockKernel> kernels = {best_kernel(), classify_sse2,
                                            classify_portable};
#else
  const std::vector<BlockKernel> kernels = {classify_portable};
#endif
  std::mt19937 random(20261124);
  for (const BlockKernel kernel : kernels) {
    auto scan = WindowScan::create(&plan, kernel);
    ASSERT_TRUE(scan.has_value());
    for (int round = 0; round < 2'000; ++round) {
      const std::string text = random_text(random);
      const auto expected = by_one_pass(plan, text);
      const auto found = by_two_passes(plan, *scan, text,
                                       static_cast<std::uint32_t>(1 + random() % 200));
      matches += expected.size();
      ASSERT_EQ(expected, found)
          << "round " << round << " in '" << text << "'\nmissed:\n"
          << difference(plan, expected, found, text) << "invented:\n"
          << difference(plan, found, expected, text);
    }
  }
  EXPECT_GT(matches, 1000U);
}

TEST(WindowScan, EveryExpressionOfTheDifferentialTestHasMatches) {
  const Plan plan = make_plan();
  std::set<std::uint32_t> seen;
  std::mt19937 random(7);
  for (int round = 0; round < 3'000; ++round) {
    for (const auto& [begin, end, expression] : by_one_pass(plan, random_text(random)))
      seen.insert(expression);
  }
  EXPECT_EQ(seen.size(), kSources.size());
}

TEST(WindowScan, SurvivesItsSerialisedForm) {
  Plan plan = make_plan();
  const auto bytes = plan.serialised();
  ASSERT_TRUE(bytes.has_value());
  Plan other = make_plan();
  ASSERT_TRUE(other.load(*bytes));
  auto scan = WindowScan::create(&other, best_kernel());
  ASSERT_TRUE(scan.has_value());
  const std::string text = "call 123-45-6789 or mail ann@host.com";
  EXPECT_EQ(by_two_passes(other, *scan, text, 1000), by_one_pass(plan, text));
  for (std::size_t cut : {std::size_t{0}, bytes->size() / 2, bytes->size() - 1})
    EXPECT_FALSE(other.load(std::string_view(*bytes).substr(0, cut)));
}

// Numbers and words in the shapes that the shipped packs look for.
std::string value_like_text(std::mt19937& random) {
  static const std::vector<std::string> kWords = {"DE",
                                                  "GB",
                                                  "RO",
                                                  "sk_live_",
                                                  "key",
                                                  "=",
                                                  "token: ",
                                                  "eyJ",
                                                  "@example.com",
                                                  "the ",
                                                  "NW",
                                                  "X",
                                                  "password = \"",
                                                  "AKIA",
                                                  "::",
                                                  "https://",
                                                  "J",
                                                  "1.",
                                                  " mva",
                                                  "born "};
  static const std::string kMarks = "-.:/ ,_\n";
  static const std::string kToken =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text;
  while (text.size() < 600) {
    const auto kind = random() % 10;
    if (kind < 5) {
      for (auto left = 1 + random() % 12; left > 0; --left)
        text.push_back(static_cast<char>('0' + random() % 10));
    } else if (kind < 6) {
      text += kWords[random() % kWords.size()];
    } else if (kind < 7) {
      for (auto left = 1 + random() % 50; left > 0; --left)
        text.push_back(kToken[random() % kToken.size()]);
    } else if (kind < 8) {
      for (auto left = 1 + random() % 11; left > 0; --left)
        text.push_back(static_cast<char>('A' + random() % 26));
    }
    text.push_back(kMarks[random() % kMarks.size()]);
  }
  return text;
}

TEST(WindowScan, FindsWithTheShippedPacksWhatEachExpressionFindsEverywhere) {
  const auto packs = config::load_packs({NOSHARE_SOURCE_DIR "/patterns"});
  ASSERT_TRUE(packs.has_value()) << packs.error().message;
  const auto database = database_of(packs->patterns, {{}, false, {}});
  ASSERT_TRUE(database != nullptr);
  const Plan& plan = database->impl().plan;
  std::vector<Automaton> alone;
  for (const CompiledPattern& compiled : database->impl().patterns) {
    if (compiled.recognizer) continue;
    for (const config::Expression& expression : compiled.pattern.match) {
      const auto tree = parse_regex(expression.regex, expression.ignore_case);
      ASSERT_TRUE(tree.has_value());
      const AutomatonMember member{&*tree, static_cast<std::uint32_t>(alone.size())};
      std::uint32_t faulty = 0;
      auto automata = build_automata({&member, 1}, faulty);
      ASSERT_TRUE(automata.has_value());
      alone.push_back(std::move(automata->front()));
    }
  }
  ASSERT_EQ(alone.size(), plan.expressions.size());
  auto scan = WindowScan::create(&plan, best_kernel());
  ASSERT_TRUE(scan.has_value());
  std::mt19937 random(1125);
  std::set<std::uint32_t> seen;
  for (int round = 0; round < 60; ++round) {
    const std::string text = value_like_text(random);
    std::set<Match> expected;
    for (std::uint32_t i = 0; i < alone.size(); ++i) {
      const config::Edges edges = plan.expressions[i].edges;
      for (std::uint32_t begin = 0; begin < text.size(); ++begin) {
        if (!alone[i].may_start_with(text[begin]) || !left_edge_holds(text, begin, edges))
          continue;
        alone[i].run(text.data() + begin, text.data() + text.size(),
                     [&](const char* at, std::uint32_t) {
                       const auto end = static_cast<std::uint32_t>(at - text.data());
                       if (!right_edge_holds(text, end, edges)) return;
                       expected.insert({begin, end, i});
                       seen.insert(i);
                     });
      }
    }
    const auto found = by_two_passes(plan, *scan, text, 257);
    for (const auto& [begin, end, expression] : expected) {
      ASSERT_TRUE(found.contains({begin, end, expression}))
          << "missed '" << text.substr(begin, end - begin) << "' of "
          << database->impl().patterns[plan.expressions[expression].pattern].pattern.id
          << " (" << describe(plan.expressions[expression].requirement) << ")";
    }
    ASSERT_EQ(found.size(), expected.size());
  }
  EXPECT_GT(seen.size(), 150U);
}

}  // namespace
}  // namespace noshare::detect
