// Filing by anchor, and the compiled form with its cache.
#include "detect/plan.h"

#include <algorithm>
#include <map>
#include <span>

#include "noshare/base/text.h"

#include "detect/hash.h"

namespace noshare::detect {
namespace {

// Coarse steps keep the number of groups small: each costs a walk over its windows. One
// landmark stands everywhere in prose: a full stop, the number of a page.
constexpr std::uint32_t kLeastSteps[] = {6, 4, 2, 1};
constexpr std::uint32_t kRunSteps[] = {28, 20, 16, 12, 8, 6, 4, 1};
constexpr std::uint32_t kGapSteps[] = {4, 16};
constexpr std::uint32_t kLeadSteps[] = {4, 32, 128};

std::uint32_t coarse_least(std::uint32_t least, Landmark landmark) {
  const std::span<const std::uint32_t> steps =
      in_one_run(landmark) ? std::span<const std::uint32_t>(kRunSteps) : kLeastSteps;
  return *std::find_if(steps.begin(), steps.end() - 1,
                       [&](std::uint32_t step) { return least >= step; });
}

std::uint32_t coarse_gap(std::uint32_t gap, Landmark landmark) {
  if (in_one_run(landmark)) return 0;
  for (std::uint32_t step : kGapSteps) {
    if (gap <= step) return step;
  }
  return gap;
}

// One expression with a long lead must not make windows of half the text for all others.
std::uint32_t coarse_lead(std::uint32_t lead) {
  for (std::uint32_t step : kLeadSteps) {
    if (lead <= step) return step;
  }
  return kMostLead;
}

Group group_for(const PlannedExpression& expression) {
  Group group;
  const Requirement& requirement = expression.requirement;
  group.kind = requirement.kind;
  group.edges = expression.edges;
  if (requirement.kind == Requirement::Kind::kCluster) {
    group.landmark = requirement.landmark;
    group.least = coarse_least(requirement.cluster.least, requirement.landmark);
    group.gap = coarse_gap(requirement.cluster.gap, requirement.landmark);
    group.lead = coarse_lead(requirement.cluster.lead);
    // A short way back is no gain, and groups are few.
    group.one_token = requirement.one_token && group.lead > kLeadSteps[0];
  }
  return group;
}

bool same_kind(const Group& a, const Group& b) {
  return a.kind == b.kind && a.edges == b.edges && a.landmark == b.landmark &&
         a.least == b.least && a.gap == b.gap && a.lead == b.lead &&
         a.one_token == b.one_token;
}

void write_all(const std::vector<Automaton>& automata, ByteWriter& out) {
  out.value(std::uint64_t{automata.size()});
  for (const Automaton& automaton : automata) automaton.write(out);
}

bool read_all(ByteReader& in, std::size_t most, std::size_t ids,
              std::vector<Automaton>& automata) {
  std::uint64_t count = 0;
  if (!in.value(count) || count > most) return false;
  automata.resize(count);
  return std::all_of(automata.begin(), automata.end(), [&](Automaton& automaton) {
    return automaton.read(in) && automaton.largest_id() < ids;
  });
}

}  // namespace

void Plan::want_literal(const std::string& text, LiteralUse use) {
  const auto same = find_literal(text);
  if (same != literals.end()) {
    literals[static_cast<std::size_t>(same - literals.begin())].uses.push_back(use);
  } else {
    literals.push_back({text, {use}});
  }
}

std::vector<PlannedLiteral>::const_iterator Plan::find_literal(
    const std::string& text) const {
  return std::find_if(
      literals.begin(), literals.end(),
      [&](const PlannedLiteral& literal) { return literal.text == text; });
}

// The group of an expression that needs one of some literals: that of an expression that
// waits for one of them already, since both are tried where it stands.
std::uint32_t Plan::group_of_literals(const PlannedExpression& expression) const {
  for (const std::string& literal : expression.requirement.literal.literals) {
    const auto known = find_literal(literal);
    if (known == literals.end()) continue;
    for (const LiteralUse& use : known->uses) {
      if (use.group != LiteralUse::kNoGroup &&
          groups[use.group].edges == expression.edges)
        return use.group;
    }
  }
  return LiteralUse::kNoGroup;
}

std::uint32_t Plan::group_for_expression(const PlannedExpression& expression) {
  const Group wanted = group_for(expression);
  if (wanted.kind == Requirement::Kind::kLiteral) {
    const std::uint32_t known = group_of_literals(expression);
    if (known != LiteralUse::kNoGroup) return known;
  } else {
    const auto known =
        std::find_if(groups.begin(), groups.end(),
                     [&](const Group& other) { return same_kind(other, wanted); });
    if (known != groups.end()) return static_cast<std::uint32_t>(known - groups.begin());
  }
  groups.push_back(wanted);
  return static_cast<std::uint32_t>(groups.size() - 1);
}

void Plan::file_expressions() {
  for (std::uint32_t index = 0; index < expressions.size(); ++index) {
    const PlannedExpression& expression = expressions[index];
    const std::uint32_t number = group_for_expression(expression);
    groups[number].members.push_back(index);
    group_of.push_back(number);
    const Requirement& requirement = expression.requirement;
    if (requirement.kind == Requirement::Kind::kEverywhere) everywhere.push_back(index);
    for (const std::string& literal : requirement.literal.literals)
      want_literal(literal, {number, requirement.literal.lead, 0, 0});
  }
  for (std::uint32_t number = 0; number < groups.size(); ++number) {
    Group& group = groups[number];
    sort_members(group);
    if (group.kind != Requirement::Kind::kCluster) continue;
    clusters.push_back(number);
    std::uint32_t& least_run = wants.least_run[static_cast<std::size_t>(group.landmark)];
    const std::uint32_t run = in_one_run(group.landmark) ? group.least : 1;
    least_run = least_run == 0 ? run : std::min(least_run, run);
  }
}

// By the shortest values first, so that of a group's several automata few match in one
// place. A pattern's expressions stay together and in their order.
void Plan::sort_members(Group& group) const {
  std::map<std::uint32_t, std::uint32_t> least;  // per pattern
  for (std::uint32_t index : group.members) {
    const PlannedExpression& expression = expressions[index];
    const auto [found, is_new] =
        least.try_emplace(expression.pattern, expression.width.least);
    found->second = std::min(found->second, expression.width.least);
  }
  std::stable_sort(group.members.begin(), group.members.end(),
                   [&](std::uint32_t a, std::uint32_t b) {
                     return least[expressions[a].pattern] < least[expressions[b].pattern];
                   });
}

Result<void> Plan::compile(std::uint32_t& faulty) {
  faulty = UINT32_MAX;
  for (Group& group : groups) {
    std::vector<AutomatonMember> members;
    for (std::uint32_t index : group.members)
      members.push_back({&expressions[index].tree, index});
    auto automata = build_automata(members, faulty);
    if (!automata) {
      if (faulty < expressions.size()) faulty = expressions[faulty].pattern;
      return tl::unexpected(std::move(automata).error());
    }
    group.automata = std::move(*automata);
  }
  for (Exclusion& exclusion : exclusions) {
    std::vector<AutomatonMember> members;
    for (const RegexNode& tree : exclusion.trees) members.push_back({&tree, 0});
    auto automata = build_automata(members, faulty);
    faulty = exclusion.pattern;
    if (!automata) return tl::unexpected(std::move(automata).error());
    exclusion.automata = std::move(*automata);
  }
  faulty = UINT32_MAX;
  std::vector<std::string> texts, sources;
  for (const PlannedLiteral& literal : literals) texts.push_back(literal.text);
  for (std::uint32_t index : everywhere)
    sources.push_back(to_hyperscan(expressions[index].tree));
  NOSHARE_TRY(prefilter, Prefilter::compile(texts, sources));
  choose_outlined();
  build_outline();
  finish_automata();
  return {};
}

// Those tried at most words of a text with digits: matches that begin at words, close
// before what they need. Beginnings of any length would multiply the outline's states.
bool Plan::is_for_outline(const Group& group) {
  constexpr std::size_t kMostStates = 1'000;
  if (group.kind != Requirement::Kind::kCluster || group.edges != config::Edges::kWord)
    return false;
  if (group.lead <= kLeadSteps[0]) return true;
  std::size_t states = 0;
  for (const Automaton& automaton : group.automata) states += automaton.states();
  return group.lead <= kLeadSteps[1] && states <= kMostStates;
}

void Plan::choose_outlined() {
  outlined.clear();
  for (std::uint32_t number = 0; number < groups.size(); ++number) {
    Group& group = groups[number];
    group.outlined = is_for_outline(group) &&
                     outlined.size() + group.automata.size() <= Outline::kMostAutomata;
    for (std::uint32_t i = 0; group.outlined && i < group.automata.size(); ++i)
      outlined.push_back({number, i});
  }
}

void Plan::build_outline() {
  std::vector<AutomatonMember> members;
  for (const Group& group : groups) {
    for (std::uint32_t index : group.members) {
      if (group.outlined) members.push_back({&expressions[index].tree, index});
    }
  }
  outline = Outline::build(members);
}

void Plan::finish_automata() {
  if (!outline.exists()) {
    outlined.clear();
    for (Group& group : groups) group.outlined = false;
  }
  std::vector<std::uint64_t> masks(expressions.size(), 0);
  for (std::size_t bit = 0; bit < outlined.size(); ++bit) {
    const Automaton& automaton =
        groups[outlined[bit].group].automata[outlined[bit].index];
    for (std::uint32_t list = 0; list < automaton.lists(); ++list) {
      for (std::uint32_t id : automaton.ids(list)) masks[id] |= std::uint64_t{1} << bit;
    }
  }
  outline.set_masks(masks);
  number_lists();
  note_starts();
}

void Plan::note_starts() {
  outlined_starts = {};
  for (Group& group : groups) {
    group.starts = {};
    for (unsigned byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if (std::none_of(group.automata.begin(), group.automata.end(),
                       [c](const Automaton& one) { return one.may_start_with(c); }))
        continue;
      bool Group::Starts::*const kind = is_ascii_digit(c)   ? &Group::Starts::digit
                                        : is_ascii_upper(c) ? &Group::Starts::capital
                                        : is_ascii_lower(c) || c == '_'
                                            ? &Group::Starts::other_word
                                            : &Group::Starts::mark;
      group.starts.*kind = true;
      if (group.outlined) outlined_starts.*kind = true;
    }
  }
}

void Plan::number_lists() {
  lists.clear();
  for (Group& group : groups) {
    group.first_list.clear();
    for (const Automaton& automaton : group.automata) {
      group.first_list.push_back(static_cast<std::uint32_t>(lists.size()));
      for (std::uint32_t list = 0; list < automaton.lists(); ++list)
        lists.push_back(automaton.ids(list));
    }
  }
}

Result<std::string> Plan::serialised() const {
  ByteWriter out;
  for (const Group& group : groups) write_all(group.automata, out);
  for (const Exclusion& exclusion : exclusions) write_all(exclusion.automata, out);
  NOSHARE_TRY(const std::string database, prefilter.serialised());
  out.text(database);
  outline.write(out);
  return out.take();
}

bool Plan::load(std::string_view bytes) {
  ByteReader in(bytes);
  for (Group& group : groups) {
    if (!read_all(in, group.members.size(), expressions.size(), group.automata))
      return false;
  }
  for (Exclusion& exclusion : exclusions) {
    if (!read_all(in, exclusion.trees.size(), 1, exclusion.automata)) return false;
  }
  std::string_view database;
  if (!in.text(database) || !outline.read(in, expressions.size()) || !in.at_end())
    return false;
  auto loaded = Prefilter::deserialise(database);
  if (!loaded) return false;
  prefilter = std::move(*loaded);
  choose_outlined();
  finish_automata();
  return true;
}

std::uint64_t Plan::fingerprint() const {
  Hash64 hash;
  for (const Group& group : groups) {
    hash.add(std::uint64_t{group.members.size()});
    for (std::uint32_t index : group.members) {
      hash.add(index);
      hash.add(to_hyperscan(expressions[index].tree));
    }
  }
  for (const Exclusion& exclusion : exclusions) {
    hash.add(exclusion.pattern);
    for (const RegexNode& tree : exclusion.trees) hash.add(to_hyperscan(tree));
  }
  for (const PlannedLiteral& literal : literals) hash.add(literal.text);
  for (std::uint32_t index : everywhere) hash.add(index);
  return hash.value();
}

}  // namespace noshare::detect
