// Plan: which expressions are looked for near which landmarks, compiled.
//
// In:  expressions of all patterns, literals the recognisers asked for
// Out: groups of expressions with their automata, and what the first pass must find for
// them Immutable once built. Expressions that need the same kind of anchor share a group,
// so that a window is tried once against all of them; of those that need literals, those
// that share one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "noshare/config/pack.h"

#include "detect/automaton.h"
#include "detect/outline.h"
#include "detect/prefilter.h"
#include "detect/region_finder.h"
#include "detect/requirement.h"

namespace noshare::detect {

struct PlannedExpression {
  std::uint32_t pattern = 0;  // index into the database's patterns
  int base = 30;              // confidence of a bare match
  int after_checks = -1;      // confidence once the checks have passed; -1: the pattern's
  std::vector<Automaton> value;  // of the end that is the value; none: the whole match
  config::Edges edges = config::Edges::kWord;
  RegexNode tree;  // empty after build()
  Width width;
  Requirement requirement;
};

struct Group {
  Requirement::Kind kind = Requirement::Kind::kEverywhere;
  config::Edges edges = config::Edges::kWord;
  Landmark landmark = Landmark::kDigit;  // kCluster: these three
  std::uint32_t least = 0;
  std::uint32_t gap = 0;
  std::uint32_t lead = 0;  // most bytes from a match's beginning to its first landmark
  bool one_token = false;  // no match holds white space
  bool outlined = false;   // its automata are those of Plan::outlined
  std::vector<std::uint32_t> members;  // indices of expressions
  std::vector<Automaton> automata;
  std::vector<std::uint32_t> first_list;  // per automaton, into Plan::lists
  struct Starts {                         // what matches can begin with
    bool digit = false, capital = false;  // of ASCII
    bool other_word = false;              // a small letter or '_'
    bool mark = false;                    // any other byte
  };
  Starts starts;
};

// An automaton that is tried where the outline says so.
struct OutlinedAutomaton {
  std::uint32_t group = 0;
  std::uint32_t index = 0;  // into its automata
};

// A literal that the prefilter finds, and who waits for it.
struct LiteralUse {
  static constexpr std::uint32_t kNoGroup = UINT32_MAX;
  std::uint32_t group = kNoGroup;  // index of a group, with
  std::uint32_t lead = 0;          // most bytes before the literal
  std::uint32_t recognizer = 0;    // or the pattern of a recogniser, with
  std::uint16_t literal = 0;       // the index in its request
};
struct PlannedLiteral {
  std::string text;  // lower case
  std::vector<LiteralUse> uses;
};

// Forms of a pattern's values that are never findings: whole values are matched.
struct Exclusion {
  std::uint32_t pattern = 0;
  std::vector<RegexNode> trees;  // empty after build()
  std::vector<Automaton> automata;
};

struct Plan {
  std::vector<PlannedExpression> expressions;
  std::vector<Exclusion> exclusions;
  std::vector<Group> groups;
  std::vector<std::uint32_t> group_of;  // per expression
  std::vector<std::uint32_t> clusters;  // the groups that need landmarks
  // Per list of expressions that end together: the automaton's ids.
  std::vector<std::span<const std::uint32_t>> lists;
  std::vector<PlannedLiteral> literals;
  std::vector<std::uint32_t>
      everywhere;  // expressions that the prefilter itself looks for
  RegionWants wants;
  Prefilter prefilter;
  Outline outline;
  std::vector<OutlinedAutomaton> outlined;  // by their bits in the outline
  Group::Starts outlined_starts;

  // Files each expression under a group. To be called once, before the two below.
  void file_expressions();
  void want_literal(const std::string& text, LiteralUse use);

  // Compiles automata and prefilter, the slow part.
  // Errors: kLimit, kInvalidInput; `faulty` then is the pattern, if it is known.
  Result<void> compile(std::uint32_t& faulty);

  // The compiled part as bytes, and back. `fingerprint()` changes with whatever matters
  // to it.
  Result<std::string> serialised() const;
  bool load(std::string_view bytes);
  std::uint64_t fingerprint() const;

 private:
  std::vector<PlannedLiteral>::const_iterator find_literal(const std::string& text) const;
  std::uint32_t group_of_literals(const PlannedExpression& expression) const;
  std::uint32_t group_for_expression(const PlannedExpression& expression);
  void sort_members(Group& group) const;
  static bool is_for_outline(const Group& group);
  void choose_outlined();
  void build_outline();
  void number_lists();
  void note_starts();
  void finish_automata();
};

}  // namespace noshare::detect
