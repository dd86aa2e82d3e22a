// Packs: what is read, and what is said of what cannot be.
#include "noshare/config/pack.h"

#include <gtest/gtest.h>

namespace noshare::config {
namespace {

constexpr const char* kExamples = R"(
    examples:
      found:
        - {text: a 1, value: '1', at_least: high}
        - {text: b 1}
        - {text: c 1, at_least: 30}
      not_found:
        - {text: a 2, because: one}
        - {text: b 2, because: two}
        - {text: c 2, because: three, below: high}
)";

std::string pack_with(const std::string& fields) {
  return "pack: some-pack\ncategories: [tax]\npatterns:\n  - id: some_id\n    title: T\n"
         "    source: S\n" +
         fields + kExamples;
}

std::string fault_of(const std::string& text) {
  const auto patterns = parse_pack(text, "p.yaml");
  return patterns ? "no fault" : patterns.error().message;
}

TEST(Pack, ReadsEveryField) {
  const auto patterns = parse_pack(
      pack_with(
          R"(    match: ['\d{4}', {regex: 'x\d', case: ignore, confidence: 40, checked: 70}]
    edges: digit
    normalise: digits
    check: [luhn, {weighted: {weights: [1, 2], results: {10: X}}}]
    exclude: {values: ['0000']}
    near: {words: [tax no], within_chars: 50, side: before, adds: 25}
    not_near: [{words: [order], subtracts: 15}]
    zones: {filename: -20, others: -5}
    confidence: {matched: 35, checked: 80, without_context: 60, failed: 20}
    rank: 7
)"),
      "p.yaml");
  ASSERT_TRUE(patterns.has_value()) << patterns.error().message;
  const Pattern& pattern = patterns->at(0);
  EXPECT_EQ(pattern.match.at(1).checked, 70);
  EXPECT_TRUE(pattern.match.at(1).ignore_case);
  EXPECT_EQ(pattern.edges, Edges::kDigit);
  EXPECT_EQ(pattern.normalise, Normalise::kDigits);
  EXPECT_EQ(pattern.check.at(1).parameters["results"]["10"], "X");
  EXPECT_EQ(pattern.near.at(0).points, 25);
  EXPECT_FALSE(pattern.near.at(0).after);
  EXPECT_EQ(pattern.not_near.at(0).points, 15);
  EXPECT_EQ(pattern.zone_points[static_cast<std::size_t>(model::Zone::kFilename)], -20);
  EXPECT_EQ(pattern.zone_points[static_cast<std::size_t>(model::Zone::kBody)], -5);
  EXPECT_EQ(pattern.confidence.without_context, 60);
  EXPECT_EQ(pattern.confidence.failed, 20);
  EXPECT_EQ(pattern.found.at(0).least_confidence, 85);
  EXPECT_EQ(pattern.not_found.at(2).least_confidence, 85);
}

struct FaultCase {
  const char* name;
  std::string text;
  std::string message;
};

class PackFault : public testing::TestWithParam<FaultCase> {};

TEST_P(PackFault, IsToldWithItsPlace) {
  EXPECT_EQ(fault_of(GetParam().text).find(GetParam().message), 0U)
      << fault_of(GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, PackFault,
    testing::Values(
        FaultCase{"UnknownKey", pack_with("    match: a\n    edgs: word\n"),
                  "p.yaml:8:5: pattern 'some_id': unknown key 'edgs'"},
        FaultCase{"UnknownWord", pack_with("    match: a\n    edges: words\n"),
                  "p.yaml:8:12: pattern 'some_id': unknown edges 'words', expected one "
                  "of word, "
                  "digit, none; did you mean 'word'?"},
        FaultCase{"NothingToMatch", pack_with(""),
                  "p.yaml:4:5: pattern 'some_id': expected 'match', 'recognizer' or "
                  "'includes'"},
        FaultCase{"MatchAndRecognizer",
                  pack_with("    match: a\n    recognizer: phone\n"),
                  "p.yaml:4:5: pattern 'some_id': expected either 'match' or"},
        FaultCase{"UmbrellaWithExamples", pack_with("    includes: [other_id]\n"),
                  "p.yaml:10:7: pattern 'some_id': 'examples' says nothing without"},
        FaultCase{"CheckedWithoutCheck",
                  pack_with("    match: a\n    confidence: {checked: 80}\n"),
                  "p.yaml:8:17: pattern 'some_id': 'checked' is given, but there is no "
                  "'check'"},
        FaultCase{"FailedWithoutCheck",
                  pack_with("    match: a\n    confidence: {failed: 20}\n"),
                  "p.yaml:8:17: pattern 'some_id': 'failed' is given, but there is no "
                  "'check'"},
        FaultCase{"CapWithoutWords",
                  pack_with("    match: a\n    confidence: {without_context: 50}\n"),
                  "p.yaml:8:17: pattern 'some_id': 'without_context' is given"},
        FaultCase{"TooFewExamples",
                  "pack: a\ncategories: [tax]\npatterns:\n  - {id: x, title: t, source: "
                  "s, match: m}",
                  "p.yaml:4:5: pattern 'x': expected at least 3 examples"},
        FaultCase{"UnknownOverride", "pack: a\npatterns:\n  - {id: x, override: true}",
                  "p.yaml:3:5: override of an unknown id 'x'"},
        FaultCase{"NoYaml", "pack: [", "p.yaml:"}, FaultCase{"Empty", "", "p.yaml"}),
    [](const auto& c) { return std::string(c.param.name); });

// Patterns that include others, as id and what it includes.
using Umbrellas = std::vector<std::pair<std::string, std::vector<std::string>>>;

std::vector<Pattern> patterns_of(const Umbrellas& umbrellas) {
  std::vector<Pattern> patterns;
  for (const auto& [id, includes] : umbrellas) {
    Pattern pattern;
    pattern.id = id;
    pattern.includes = includes;
    pattern.file = "u.yaml";
    pattern.line = static_cast<int>(patterns.size()) + 1;
    patterns.push_back(pattern);
  }
  return patterns;
}

TEST(Umbrellas, ReachThroughUmbrellasTheyInclude) {
  auto patterns = patterns_of(
      {{"all", {"two", "c"}}, {"two", {"a", "b"}}, {"a", {}}, {"b", {}}, {"c", {}}});
  ASSERT_TRUE(link_umbrellas(patterns).has_value());
  EXPECT_EQ(patterns[1].umbrellas, std::vector<std::string>({"all"}));
  EXPECT_EQ(patterns[2].umbrellas, std::vector<std::string>({"all", "two"}));
  EXPECT_EQ(patterns[4].umbrellas, std::vector<std::string>({"all"}));
  EXPECT_TRUE(patterns[0].umbrellas.empty());
}

std::string umbrella_fault(const Umbrellas& umbrellas) {
  auto patterns = patterns_of(umbrellas);
  const auto linked = link_umbrellas(patterns);
  return linked ? "no fault" : linked.error().message;
}

TEST(Umbrellas, IncludeOnlyWhatIsDescribedAndNeverThemselves) {
  EXPECT_EQ(umbrella_fault({{"iban", {}}, {"all", {"ibam"}}}),
            "u.yaml:2: pattern 'all': includes an unknown id 'ibam', expected one of "
            "iban, all; did you mean 'iban'?");
  EXPECT_EQ(umbrella_fault({{"a", {"b"}}, {"b", {"a"}}}),
            "u.yaml:1: pattern 'a': includes itself");
}

TEST(Umbrellas, NeedNoMatchAndGrowByAnOverride) {
  const auto patterns = parse_pack(
      "pack: a\ncategories: [tax]\npatterns:\n"
      "  - {id: all, title: T, source: S, includes: [x]}\n"
      "  - {id: all, override: true, includes: [y]}\n",
      "p.yaml");
  ASSERT_TRUE(patterns.has_value()) << patterns.error().message;
  EXPECT_EQ(patterns->at(0).includes, std::vector<std::string>({"x", "y"}));
  EXPECT_FALSE(finds(patterns->at(0)));
}

}  // namespace
}  // namespace noshare::config
