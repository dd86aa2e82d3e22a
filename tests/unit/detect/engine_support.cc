#include "engine_support.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace noshare::detect {
namespace {

using Ends = std::set<std::uint32_t>;

Ends after(const RegexNode& node, std::string_view text, const Ends& begins) {
  Ends ends;
  for (std::uint32_t begin : begins) ends.merge(slow_ends(node, text, begin));
  return ends;
}

}  // namespace

Ends slow_ends(const RegexNode& tree, std::string_view text, std::uint32_t begin) {
  Ends ends = {begin};
  switch (tree.kind) {
    case RegexNode::Kind::kEmpty:
      return ends;
    case RegexNode::Kind::kBytes:
      if (begin < text.size() && tree.bytes.has(static_cast<unsigned char>(text[begin])))
        return {begin + 1};
      return {};
    case RegexNode::Kind::kSequence:
      for (const RegexNode& child : tree.children) ends = after(child, text, ends);
      return ends;
    case RegexNode::Kind::kAlternatives:
      ends.clear();
      for (const RegexNode& child : tree.children)
        ends.merge(slow_ends(child, text, begin));
      return ends;
    case RegexNode::Kind::kRepeat:
      break;
  }
  Ends all;
  for (std::uint32_t count = 0; count <= tree.most && !ends.empty(); ++count) {
    const std::size_t before = all.size();
    if (count >= tree.least) all.insert(ends.begin(), ends.end());
    if (count > tree.least && all.size() == before) break;
    ends = after(tree.children.front(), text, ends);
  }
  return all;
}

config::Pattern pattern(const std::string& id, const std::string& regex) {
  config::Pattern result;
  result.id = id;
  result.title = id;
  result.file = "test.yaml";
  result.line = 1;
  if (!regex.empty()) result.match.push_back({regex, false, -1, -1, 2});
  return result;
}

config::Context context(std::vector<std::string> words, int points,
                        std::uint32_t within) {
  config::Context result;
  result.words = std::move(words);
  result.points = points;
  result.within_chars = within;
  return result;
}

std::shared_ptr<const Database> database_of(std::vector<config::Pattern> patterns,
                                            Database::Options options) {
  config::PackSet packs;
  packs.patterns = std::move(patterns);
  packs.version = "0123456789ab";
  auto database = Database::create(packs, options);
  if (!database) ADD_FAILURE() << database.error().message;
  return database ? *database : nullptr;
}

std::vector<Detected> detected_in(const std::shared_ptr<const Database>& database,
                                  const model::Segment& segment) {
  auto detector = Detector::create(database, FingerprintKey::random());
  if (!detector) {
    ADD_FAILURE() << detector.error().message;
    return {};
  }
  return detector->detect({&segment, 1}, Deadline::never()).detected;
}

std::vector<std::string> found_in(const std::shared_ptr<const Database>& database,
                                  const std::string& text) {
  model::Segment segment;
  segment.text = text;
  std::vector<std::string> lines;
  for (const Detected& one : detected_in(database, segment))
    lines.push_back(fmt::format("{} {} {}", one.finding.entity, one.finding.confidence,
                                one.value.reveal()));
  return lines;
}

}  // namespace noshare::detect
