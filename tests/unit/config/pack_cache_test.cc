// Packs from the cache are those that parsing gives, and nothing else is taken for them.
#include "noshare/config/pack_cache.h"

#include <fstream>

#include <gtest/gtest.h>

#include "noshare/base/files.h"

namespace noshare::config {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPack = R"(pack: some-pack
categories: [tax]
patterns:
  - id: some_id
    title: T
    source: S
    match: ['\d{4}', {regex: 'x\d', case: ignore, confidence: 40, checked: 70}]
    check: [luhn, {weighted: {weights: [1, 2], results: {10: X}}}]
    exclude: {values: ['0000'], patterns: ['9+']}
    near: {words: [tax no], within_chars: 50, side: before, adds: 25}
    zones: {filename: -20}
    confidence: {matched: 35, checked: 80, without_context: 60, failed: 20}
    examples:
      found: [{text: a 1, value: '1'}, {text: b 1}, {text: c 1}]
      not_found: [{text: a 2, because: one}, {text: b 2, because: two},
                  {text: c 2, because: three}]
)";

class PackCache : public testing::Test {
 protected:
  PackCache() { fs::create_directories(packs_); }
  ~PackCache() override { fs::remove_all(root_); }

  void write_pack(const std::string& text) const {
    std::ofstream(packs_ / "a.yaml", std::ios::binary) << text;
  }
  Result<PackSet> loaded() const { return load_packs_cached({packs_}, cache_); }
  std::vector<fs::path> kept() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(cache_)) files.push_back(entry);
    return files;
  }

  const fs::path root_ =
      fs::path(testing::TempDir()) /
      ("pack-cache-" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
  const fs::path packs_ = root_ / "packs", cache_ = root_ / "cache";
};

TEST_F(PackCache, GivesEveryFieldAsItWasParsed) {
  write_pack(kPack);
  ASSERT_TRUE(loaded().has_value());
  ASSERT_EQ(kept().size(), 1U);
  const std::string first = *read_file(kept().front());
  // What was loaded is saved again, which is the same byte for byte: another folder.
  const auto again = loaded();
  ASSERT_TRUE(again.has_value());
  const auto parsed = load_packs({packs_});
  const Pattern& pattern = again->patterns.at(0);
  EXPECT_EQ(again->version, parsed->version);
  EXPECT_EQ(pattern.file, packs_ / "a.yaml");
  EXPECT_EQ(pattern.match.at(1).checked, 70);
  EXPECT_EQ(pattern.match.at(1).line, parsed->patterns.at(0).match.at(1).line);
  EXPECT_EQ(pattern.check.at(1).parameters,
            parsed->patterns.at(0).check.at(1).parameters);
  EXPECT_EQ(pattern.exclude.values, std::vector<std::string>{"0000"});
  EXPECT_EQ(pattern.exclude.patterns.at(0).regex, "9+");
  EXPECT_EQ(pattern.near.at(0).words, std::vector<std::string>{"tax no"});
  EXPECT_FALSE(pattern.near.at(0).after);
  EXPECT_EQ(pattern.confidence.failed, 20);
  EXPECT_EQ(pattern.zone_points, parsed->patterns.at(0).zone_points);
  EXPECT_EQ(pattern.not_found.at(2).because, "three");
  EXPECT_EQ(*read_file(kept().front()), first);
}

TEST_F(PackCache, IsReadInPlaceOfTheYaml) {
  write_pack(kPack);
  ASSERT_TRUE(loaded().has_value());
  const fs::path file = kept().front();
  const auto written = fs::last_write_time(file) - std::chrono::hours(1);
  fs::last_write_time(file, written);
  ASSERT_TRUE(loaded().has_value());
  EXPECT_EQ(fs::last_write_time(file), written) << "it was parsed and saved again";
}

TEST_F(PackCache, ChangedTextIsParsed) {
  write_pack(kPack);
  ASSERT_TRUE(loaded().has_value());
  std::string changed = kPack;
  changed.replace(changed.find("title: T"), 8, "title: U");
  write_pack(changed);
  const auto again = loaded();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->patterns.at(0).title, "U");
}

TEST_F(PackCache, BadTextIsAnErrorEachTime) {
  write_pack("pack: [");
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(loaded().has_value());
}

TEST_F(PackCache, WhatIsTornOrForeignIsReplaced) {
  write_pack(kPack);
  ASSERT_TRUE(loaded().has_value());
  const fs::path file = kept().front();
  const std::string whole = *read_file(file);
  std::string flipped = whole;
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  for (const std::string& bad :
       {std::string(), whole.substr(0, whole.size() / 2), whole + "x", flipped}) {
    std::ofstream(file, std::ios::binary) << bad;
    const auto again = loaded();
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->patterns.at(0).title, "T");
    EXPECT_EQ(*read_file(file), whole);
  }
}

}  // namespace
}  // namespace noshare::config
