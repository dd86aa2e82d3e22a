// Literals that no match can lack: sequences of bytes with few choices, kept as sets of
// strings as long as the sets stay small.
#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

#include "detect/requirement.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostLiterals = 200;
constexpr std::size_t kMostLiteralBytes = 24;
constexpr int kMostChoices = 6;             // per byte
constexpr std::size_t kMostShortBytes = 8;  // Hyperscan compares no more at once

using Strings = std::vector<std::string>;

// How often a byte (in lower case) occurs in prose, as a share of all bytes.
double share(char c) {
  static constexpr double kLetters[] = {
      .065, .012, .022, .034,  .10,  .018, .016, .049, .056, .001, .006,  .032, .019,
      .056, .06,  .015, .0008, .048, .051, .073, .022, .008, .019, .0012, .016, .0006};
  if (is_ascii_lower(c)) return kLetters[c - 'a'];
  if (is_ascii_digit(c)) return .2;  // in tables
  if (c == ' ') return .16;
  if (c == '.' || c == ',' || c == '-' || c == '\n') return .01;
  return .0007;
}

struct Literals {
  std::optional<Strings> exact;     // all strings of the node, if they are few
  std::optional<LiteralNeed> need;  // else what one of them must be part of every string
};

bool all_nonempty(const Strings& strings) {
  return std::none_of(strings.begin(), strings.end(), [](auto& s) { return s.empty(); });
}

std::optional<Strings> product(const Strings& a, const Strings& b) {
  if (a.size() * b.size() > kMostLiterals) return std::nullopt;
  Strings result;
  for (const std::string& head : a) {
    for (const std::string& tail : b) {
      if (head.size() + tail.size() > kMostLiteralBytes) return std::nullopt;
      result.push_back(head + tail);
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

void keep_better(std::optional<LiteralNeed>& best, LiteralNeed other) {
  if (other.literals.empty() || !all_nonempty(other.literals)) return;
  if (other.lead > kMostLead) return;  // rarer perhaps, but of no use
  if (!best || literal_hits_per_mb(other.literals) < literal_hits_per_mb(best->literals))
    best = std::move(other);
}

Literals literals_of(const RegexNode& node);

Literals of_bytes(const ByteSet& bytes) {
  Strings choices;
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (!bytes.has(byte)) continue;
    const std::string choice(1, ascii_lower(static_cast<char>(byte)));
    if (std::find(choices.begin(), choices.end(), choice) == choices.end())
      choices.push_back(choice);
    if (choices.size() > kMostChoices) return {};
  }
  return {choices, {}};
}

Literals of_sequence(const RegexNode& node) {
  Literals result;
  Strings run = {""};          // exact strings since the last piece that was not
  std::uint32_t before = 0;    // most bytes before `run`
  std::uint32_t position = 0;  // most bytes before the current child
  bool all_exact = true;
  for (const RegexNode& child : node.children) {
    const Literals literals = literals_of(child);
    const auto longer =
        literals.exact ? product(run, *literals.exact) : std::optional<Strings>{};
    if (longer) {
      run = *longer;
    } else {
      keep_better(result.need, {run, before});
      all_exact = false;
      before = position;
      run = literals.exact ? *literals.exact : Strings{""};
      if (!literals.exact) before = sum_of_bounds(position, width_of(child).most);
    }
    if (literals.need)
      keep_better(result.need, {literals.need->literals,
                                sum_of_bounds(position, literals.need->lead)});
    position = sum_of_bounds(position, width_of(child).most);
  }
  if (all_exact) {
    result.exact = run;
  } else {
    keep_better(result.need, {run, before});
  }
  return result;
}

Literals of_alternatives(const RegexNode& node) {
  Strings exact;
  LiteralNeed need;
  bool all_exact = true, all_need = true;
  for (const RegexNode& child : node.children) {
    const Literals literals = literals_of(child);
    all_exact = all_exact && literals.exact.has_value();
    if (literals.exact)
      exact.insert(exact.end(), literals.exact->begin(), literals.exact->end());
    const auto& strings = literals.exact  ? *literals.exact
                          : literals.need ? literals.need->literals
                                          : Strings{""};
    all_need = all_need && all_nonempty(strings);
    need.literals.insert(need.literals.end(), strings.begin(), strings.end());
    if (!literals.exact && literals.need)
      need.lead = std::max(need.lead, literals.need->lead);
  }
  if (all_exact && exact.size() <= kMostLiterals) return {exact, {}};
  if (all_need && need.literals.size() <= kMostLiterals) return {{}, need};
  return {};
}

Literals of_repeat(const RegexNode& node) {
  const Literals once = literals_of(node.children.front());
  if (once.exact && node.most <= 4) {
    std::optional<Strings> all = Strings{};
    std::optional<Strings> power = Strings{""};
    for (std::uint32_t i = 0; i <= node.most && power; ++i) {
      if (i >= node.least) all->insert(all->end(), power->begin(), power->end());
      if (i < node.most) power = product(*power, *once.exact);
    }
    if (power && all->size() <= kMostLiterals) return {all, {}};
  }
  if (node.least == 0) return {};
  if (once.exact && all_nonempty(*once.exact)) return {{}, LiteralNeed{*once.exact, 0}};
  return {{}, once.need};
}

Literals literals_of(const RegexNode& node) {
  switch (node.kind) {
    case RegexNode::Kind::kEmpty:
      return {Strings{""}, {}};
    case RegexNode::Kind::kBytes:
      return of_bytes(node.bytes);
    case RegexNode::Kind::kSequence:
      return of_sequence(node);
    case RegexNode::Kind::kAlternatives:
      return of_alternatives(node);
    case RegexNode::Kind::kRepeat:
      return of_repeat(node);
  }
  return {};
}

double hits_of(std::string_view literal) {
  // Hyperscan looks closer at each place where the first bytes of a short one stand.
  double hits = literal.size() < 3 ? 4'000 : literal.size() == 3 ? 150 : 0;
  double chance = 1e6;
  for (char c : literal) chance *= share(c) * 1.5;  // letters of words go together
  const bool is_word = std::all_of(literal.begin(), literal.end(),
                                   [](char c) { return is_ascii_lower(c) || c == ' '; });
  if (is_word && literal.size() <= 6) hits += literal.size() <= 4 ? 800 : 60;
  return hits + chance;
}

}  // namespace

double literal_hits_per_mb(const std::vector<std::string>& literals) {
  double sum = 0;
  for (const std::string& literal : literals) sum += hits_of(literal);
  return sum;
}

LiteralNeed shortened(const LiteralNeed& need) {
  LiteralNeed result{{}, need.lead};
  const auto add = [&](const std::string& literal, std::size_t skipped) {
    result.literals.push_back(literal);
    result.lead = std::max(result.lead,
                           sum_of_bounds(need.lead, static_cast<std::uint32_t>(skipped)));
  };
  for (const std::string& literal : need.literals) {
    std::size_t best = 0;
    for (std::size_t at = 1; at + kMostShortBytes <= literal.size(); ++at) {
      if (hits_of(std::string_view(literal).substr(at, kMostShortBytes)) <
          hits_of(std::string_view(literal).substr(best, kMostShortBytes)))
        best = at;
    }
    add(literal.substr(best, kMostShortBytes), best);
  }
  std::sort(
      result.literals.begin(), result.literals.end(),
      [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  Strings kept;
  for (const std::string& literal : result.literals) {
    std::size_t inside = std::string::npos;
    for (std::size_t i = 0; i < kept.size() && inside == std::string::npos; ++i)
      inside = literal.find(kept[i]);
    if (inside == std::string::npos) {
      kept.push_back(literal);
    } else {
      result.lead = std::max(result.lead, sum_of_bounds(need.lead, kMostLiteralBytes));
    }
  }
  result.literals = std::move(kept);
  return result;
}

std::optional<LiteralNeed> literal_need(const RegexNode& node) {
  Literals literals = literals_of(node);
  if (literals.exact && !literals.exact->empty() && all_nonempty(*literals.exact))
    return LiteralNeed{*literals.exact, 0};
  return literals.need;
}

}  // namespace noshare::detect
