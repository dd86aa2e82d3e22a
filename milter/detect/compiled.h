// The inside of a Database: patterns ready to run.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "noshare/detect/detector.h"

#include "detect/automaton.h"
#include "detect/check.h"
#include "detect/context_words.h"
#include "detect/plan.h"
#include "detect/recognizer.h"
#include "detect/screening.h"
#include "detect/standing.h"

namespace noshare::detect {

// One group of context words of a pattern.
struct ContextGroup {
  std::uint32_t within_chars = 0;
  bool before = true, after = true;
  bool label = false;  // only what announces the value counts
  int points = 0;      // added; negative for words that speak against
  // The country's name and adjective: they raise what stands by itself already, and are
  // no support of it.
  bool of_country = false;
};

struct CompiledPattern {
  config::Pattern pattern;
  std::vector<std::unique_ptr<Check>> checks;  // cheapest first
  bool proves = false;                         // some check proves the value
  std::string check_names;                     // "luhn and card_network", for the why
  std::unordered_set<std::string> excluded;    // normalised values
  std::span<const Automaton> excluded_forms;   // whole normalised values, in the plan
  std::unique_ptr<Recognizer> recognizer;      // instead of expressions
  // The entity under whose name its values are compared: its own, or that of the
  // international pattern with the same recogniser. Equal addresses are equal values,
  // whether or not the country was certain.
  std::string compared_as;
  std::vector<ContextGroup> context;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> phrases;  // phrase, group; sorted
  std::vector<std::uint64_t> phrase_bits;  // bit n: phrase n is among them
  std::uint32_t reach_chars = 0;           // the widest group's distance

  bool has_phrase(std::uint32_t phrase) const {
    const std::size_t word = phrase / 64;
    return word < phrase_bits.size() && (phrase_bits[word] >> (phrase % 64) & 1) != 0;
  }
};

struct Database::Impl {
  std::vector<CompiledPattern> patterns;
  std::map<std::string, std::uint32_t, std::less<>> by_id;
  Plan plan;
  Standing standing;
  Screening screening;
  ContextWords words;
  std::string version;
  BlockKernel kernel = best_kernel();
};

// Compiles one pattern's checks, exclusions, context and recogniser, and adds its
// expressions and literals to the plan. Errors: "file:line: what is wrong".
Result<void> add_pattern(const config::Pattern& pattern, Database::Impl& into);

// A pattern of one country: with a recogniser, it takes that country's candidates.
bool is_national(const config::Pattern& pattern);
// The international pattern that runs the recogniser of a national one; patterns.size()
// if there is none.
std::uint32_t runner_of(const config::Pattern& national, const Database::Impl& database);
// Fills compared_as of all patterns, once they are all there.
void settle_identities(Database::Impl& database);

// "patterns/us/identity.yaml:14: what".
std::string at_line(const config::Pattern& pattern, int line, const std::string& what);

}  // namespace noshare::detect
