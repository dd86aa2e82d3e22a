// The inside of a Database: patterns ready to run.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "noshare/detect/detector.h"

#include "detect/automaton.h"
#include "detect/check.h"
#include "detect/context_words.h"
#include "detect/plan.h"
#include "detect/recognizer.h"

namespace noshare::detect {

// One group of context words of a pattern.
struct ContextGroup {
  std::uint32_t within_chars = 0;
  bool before = true, after = true;
  int points = 0;  // added; negative for words that speak against
};

struct CompiledPattern {
  config::Pattern pattern;
  std::vector<std::unique_ptr<Check>> checks;  // cheapest first
  bool proves = false;                         // some check proves the value
  std::string check_names;                     // "luhn and card_network", for the why
  std::unordered_set<std::string> excluded;    // normalised values
  std::vector<Automaton> excluded_forms;       // whole normalised values
  std::unique_ptr<Recognizer> recognizer;      // instead of expressions
  std::vector<ContextGroup> context;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> phrases;  // phrase, group; sorted
  std::vector<std::uint64_t> phrase_bits;  // bit n: phrase n is among them
  std::uint32_t reach_chars = 0;           // the widest group's distance
};

struct Database::Impl {
  std::vector<CompiledPattern> patterns;
  std::map<std::string, std::uint32_t, std::less<>> by_id;
  Plan plan;
  ContextWords words;
  std::string version;
  BlockKernel kernel = best_kernel();
};

// Compiles one pattern's checks, exclusions, context and recogniser, and adds its
// expressions and literals to the plan. Errors: "file:line: what is wrong".
Result<void> add_pattern(const config::Pattern& pattern, Database::Impl& into);

// "patterns/us/identity.yaml:14: what".
std::string at_line(const config::Pattern& pattern, int line, const std::string& what);

}  // namespace noshare::detect
