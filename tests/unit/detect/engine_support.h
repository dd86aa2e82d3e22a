// Tools of the engine's tests: patterns by hand, and a matcher too slow to be wrong.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "noshare/detect/detector.h"

#include "detect/regex.h"

namespace noshare::detect {

// Every end of a match of `tree` that begins at `begin`, by trying each way through the
// tree.
std::set<std::uint32_t> slow_ends(const RegexNode& tree, std::string_view text,
                                  std::uint32_t begin);

config::Pattern pattern(const std::string& id, const std::string& regex);
config::Context context(std::vector<std::string> words, int points,
                        std::uint32_t within = 80);

std::shared_ptr<const Database> database_of(std::vector<config::Pattern> patterns,
                                            Database::Options options = {});

// What a text holds: "entity confidence value", one line each.
std::vector<std::string> found_in(const std::shared_ptr<const Database>& database,
                                  const std::string& text);
std::vector<Detected> detected_in(const std::shared_ptr<const Database>& database,
                                  const model::Segment& segment);

}  // namespace noshare::detect
