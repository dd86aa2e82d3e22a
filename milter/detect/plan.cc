// Filing by anchor, and the compiled form with its cache.
#include "detect/plan.h"

#include <algorithm>
#include <charconv>

#include "detect/hash.h"

namespace noshare::detect {
namespace {

// Coarse steps keep the number of groups small: each costs a walk over its windows.
constexpr std::uint32_t kLeastSteps[] = {9, 6, 4, 2, 1};
constexpr std::uint32_t kGapSteps[] = {1, 4, 16};

std::uint32_t coarse_least(std::uint32_t least, Landmark landmark) {
  if (landmark == Landmark::kUpper || landmark == Landmark::kToken) return least;
  for (std::uint32_t step : kLeastSteps) {
    if (least >= step) return step;
  }
  return 1;
}

std::uint32_t coarse_gap(std::uint32_t gap, Landmark landmark) {
  if (landmark == Landmark::kUpper || landmark == Landmark::kToken) return 0;
  for (std::uint32_t step : kGapSteps) {
    if (gap <= step) return step;
  }
  return gap;
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
  }
  return group;
}

bool same_kind(const Group& a, const Group& b) {
  return a.kind == b.kind && a.edges == b.edges && a.landmark == b.landmark &&
         a.least == b.least && a.gap == b.gap;
}

bool begins_with_mark(const Automaton& automaton) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' ||
                      (c >= 'a' && c <= 'z');
    if (!word && automaton.may_start_with(c)) return true;
  }
  return false;
}

}  // namespace

void Plan::want_literal(const std::string& text, LiteralUse use) {
  const auto same = std::find_if(literals.begin(), literals.end(),
                                 [&](const PlannedLiteral& l) { return l.text == text; });
  if (same != literals.end()) {
    same->uses.push_back(use);
  } else {
    literals.push_back({text, {use}});
  }
}

void Plan::file_expressions() {
  for (std::uint32_t index = 0; index < expressions.size(); ++index) {
    const PlannedExpression& expression = expressions[index];
    const Group wanted = group_for(expression);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& other) {
      return same_kind(other, wanted);
    });
    if (group == groups.end()) group = groups.insert(group, wanted);
    group->members.push_back(index);
    const auto number = static_cast<std::uint32_t>(group - groups.begin());
    group_of.push_back(number);
    const Requirement& requirement = expression.requirement;
    if (requirement.kind == Requirement::Kind::kEverywhere) everywhere.push_back(index);
    if (requirement.kind == Requirement::Kind::kCluster)
      group->lead = std::max(group->lead, requirement.cluster.lead);
    for (const std::string& literal : requirement.literal.literals)
      want_literal(literal, {number, requirement.literal.lead, 0, 0});
  }
  for (const Group& group : groups) {
    if (group.kind != Requirement::Kind::kCluster) continue;
    std::uint32_t& least_run = wants.least_run[static_cast<std::size_t>(group.landmark)];
    const bool one_run =
        group.landmark == Landmark::kUpper || group.landmark == Landmark::kToken;
    const std::uint32_t run = one_run ? group.least : 1;
    least_run = least_run == 0 ? run : std::min(least_run, run);
  }
}

Result<void> Plan::compile(std::uint32_t& faulty) {
  faulty = UINT32_MAX;
  for (Group& group : groups) {
    std::vector<AutomatonMember> members;
    for (std::uint32_t index : group.members)
      members.push_back({&expressions[index].tree, index});
    auto automata = build_automata(members, faulty);
    if (!automata) return tl::unexpected(std::move(automata).error());
    group.automata = std::move(*automata);
    group.starts_with_mark =
        std::any_of(group.automata.begin(), group.automata.end(), begins_with_mark);
  }
  std::vector<std::string> texts, sources;
  for (const PlannedLiteral& literal : literals) texts.push_back(literal.text);
  for (std::uint32_t index : everywhere)
    sources.push_back(to_hyperscan(expressions[index].tree));
  NOSHARE_TRY(prefilter, Prefilter::compile(texts, sources));
  return {};
}

Result<std::string> Plan::serialised() const {
  ByteWriter out;
  for (const Group& group : groups) {
    out.value(std::uint64_t{group.automata.size()});
    out.value(std::uint8_t{group.starts_with_mark});
    for (const Automaton& automaton : group.automata) automaton.write(out);
  }
  NOSHARE_TRY(const std::string database, prefilter.serialised());
  out.text(database);
  return out.take();
}

bool Plan::load(std::string_view bytes) {
  ByteReader in(bytes);
  for (Group& group : groups) {
    std::uint64_t count = 0;
    std::uint8_t with_mark = 0;
    if (!in.value(count) || !in.value(with_mark) || count > group.members.size())
      return false;
    group.automata.resize(count);
    group.starts_with_mark = with_mark != 0;
    for (Automaton& automaton : group.automata) {
      if (!automaton.read(in) || automaton.largest_id() >= expressions.size())
        return false;
    }
  }
  std::string_view database;
  if (!in.text(database) || !in.at_end()) return false;
  auto loaded = Prefilter::deserialise(database);
  if (!loaded) return false;
  prefilter = std::move(*loaded);
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
  for (const PlannedLiteral& literal : literals) hash.add(literal.text);
  for (std::uint32_t index : everywhere) hash.add(index);
  return hash.value();
}

}  // namespace noshare::detect
