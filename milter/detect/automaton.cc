// Thompson construction, then subset construction over classes of equal bytes
// (Aho, Sethi, Ullman: Compilers, 3.7).
#include "detect/automaton.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostNfaStates = 200'000;
constexpr std::size_t kMostStatesShared = 6'000;  // some 500 KB: stays in a core's cache
constexpr std::size_t kMostStatesAlone = 60'000;  // numbered by 16 bits

struct NfaState {
  enum class Kind : std::uint8_t { kBytes, kSplit, kAccept };
  Kind kind = Kind::kSplit;
  std::uint32_t set = 0;    // kBytes: index of the byte set; kAccept: the member's id
  std::uint32_t next = 0;   // kBytes, kSplit
  std::uint32_t other = 0;  // kSplit
};

class Nfa {
 public:
  bool add(const AutomatonMember& member) {
    const std::uint32_t accept = make({NfaState::Kind::kAccept, member.id, 0, 0});
    starts.push_back(build(*member.tree, accept));
    return !too_large_;
  }

  std::vector<NfaState> states;
  std::vector<ByteSet> sets;
  std::vector<std::uint32_t> starts;

 private:
  std::uint32_t make(NfaState state) {
    if (states.size() >= kMostNfaStates) {
      too_large_ = true;
      return 0;
    }
    states.push_back(state);
    return static_cast<std::uint32_t>(states.size() - 1);
  }

  // Builds backwards: the node's machine, which goes on to `next` when it is through.
  std::uint32_t build(const RegexNode& node, std::uint32_t next) {
    if (too_large_) return next;
    switch (node.kind) {
      case RegexNode::Kind::kEmpty:
        return next;
      case RegexNode::Kind::kBytes:
        return make({NfaState::Kind::kBytes, set_index(node.bytes), next, next});
      case RegexNode::Kind::kSequence:
        for (std::size_t i = node.children.size(); i-- > 0;)
          next = build(node.children[i], next);
        return next;
      case RegexNode::Kind::kAlternatives:
        return build_alternatives(node, next);
      case RegexNode::Kind::kRepeat:
        return build_repeat(node, next);
    }
    return next;
  }

  std::uint32_t build_alternatives(const RegexNode& node, std::uint32_t next) {
    std::uint32_t entry = build(node.children.back(), next);
    for (std::size_t i = node.children.size() - 1; i-- > 0;) {
      const std::uint32_t branch = build(node.children[i], next);
      entry = make({NfaState::Kind::kSplit, 0, branch, entry});
    }
    return entry;
  }

  std::uint32_t build_repeat(const RegexNode& node, std::uint32_t next) {
    const RegexNode& child = node.children.front();
    std::uint32_t entry = next;
    if (node.most == kUnbounded) {
      const std::uint32_t loop = make({NfaState::Kind::kSplit, 0, next, next});
      const std::uint32_t body = build(child, loop);
      if (!too_large_) states[loop].next = body;
      entry = loop;
    } else {
      for (std::uint32_t i = node.least; i < node.most && !too_large_; ++i)
        entry = make({NfaState::Kind::kSplit, 0, build(child, entry), next});
    }
    for (std::uint32_t i = 0; i < node.least && !too_large_; ++i)
      entry = build(child, entry);
    return entry;
  }

  std::uint32_t set_index(const ByteSet& set) {
    const auto [found, is_new] =
        set_indices_.try_emplace(set, static_cast<std::uint32_t>(sets.size()));
    if (is_new) sets.push_back(set);
    return found->second;
  }

  std::map<ByteSet, std::uint32_t> set_indices_;
  bool too_large_ = false;
};

struct SubsetHash {
  std::size_t operator()(const std::vector<std::uint32_t>& subset) const noexcept {
    std::size_t hash = 0x9E3779B97F4A7C15;
    for (std::uint32_t item : subset) hash = (hash ^ item) * 0x100000001B3;
    return hash;
  }
};

}  // namespace

class AutomatonBuilder {
 public:
  AutomatonBuilder(const Nfa& nfa, std::size_t most_states)
      : nfa_(nfa),
        most_states_(most_states),
        seen_(nfa.states.size()),
        closures_(nfa.states.size()) {}

  Result<Automaton> build() {
    find_columns();
    state_of({});           // kDead
    state_of(nfa_.starts);  // kStart
    for (std::size_t state = 1; state < subsets_.size(); ++state) {
      if (subsets_.size() > most_states_)
        return fail(ErrorCode::kLimit, fmt::format("more than {} states", most_states_));
      add_successors(*subsets_[state]);
    }
    return numbered();
  }

 private:
  // Bytes that lie in exactly the same sets share a column.
  void find_columns() {
    for (const ByteSet& set : nfa_.sets) {
      std::map<std::pair<unsigned, bool>, unsigned> split;
      for (unsigned byte = 0; byte < 256; ++byte) {
        const auto key = std::pair(unsigned{column_of_[byte]}, set.has(byte));
        const auto column = split.try_emplace(key, static_cast<unsigned>(split.size()));
        column_of_[byte] = static_cast<std::uint8_t>(column.first->second);
      }
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
      columns_ = std::max(columns_, column_of_[byte] + std::uint32_t{1});
      sample_[column_of_[byte]] = byte;
    }
    next_.assign(columns_, 0);  // the dead state's row
  }

  // Where splits lead from one state: bytes and accepting states.
  const std::vector<std::uint32_t>& closure_of(std::uint32_t state) {
    auto& closure = closures_[state];
    if (!closure.empty()) return closure;
    ++mark_;
    open_.assign(1, state);
    while (!open_.empty()) {
      const std::uint32_t at = open_.back();
      open_.pop_back();
      if (seen_[at] == mark_) continue;
      seen_[at] = mark_;
      if (nfa_.states[at].kind != NfaState::Kind::kSplit) {
        closure.push_back(at);
        continue;
      }
      open_.push_back(nfa_.states[at].next);
      open_.push_back(nfa_.states[at].other);
    }
    return closure;
  }

  std::uint32_t state_of(const std::vector<std::uint32_t>& states) {
    for (std::uint32_t state : states) closure_of(state);
    ++mark_;
    subset_.clear();
    for (std::uint32_t state : states) {
      for (std::uint32_t reached : closures_[state]) {
        if (seen_[reached] == mark_) continue;
        seen_[reached] = mark_;
        subset_.push_back(reached);
      }
    }
    std::sort(subset_.begin(), subset_.end());
    const auto known = numbers_.find(subset_);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(subsets_.size());
    subsets_.push_back(&numbers_.emplace(subset_, number).first->first);
    return number;
  }

  // The successor for each column. Neighbouring columns often lead to the same states.
  void add_successors(const std::vector<std::uint32_t>& subset) {
    last_moved_.clear();
    std::uint32_t last = Automaton::kDead;
    for (std::uint32_t column = 0; column < columns_; ++column) {
      moved_.clear();
      for (std::uint32_t state : subset) {
        const NfaState& nfa_state = nfa_.states[state];
        if (nfa_state.kind == NfaState::Kind::kBytes &&
            nfa_.sets[nfa_state.set].has(sample_[column]))
          moved_.push_back(nfa_state.next);
      }
      if (moved_ != last_moved_) {
        last = moved_.empty() ? Automaton::kDead : state_of(moved_);
        last_moved_ = moved_;
      }
      next_.push_back(last);
    }
  }

  std::vector<std::uint32_t> accepted(std::size_t state) const {
    std::vector<std::uint32_t> ids;
    for (std::uint32_t nfa_state : *subsets_[state]) {
      if (nfa_.states[nfa_state].kind == NfaState::Kind::kAccept)
        ids.push_back(nfa_.states[nfa_state].set);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

  // Gives accepting states the highest numbers and packs the tables.
  Automaton numbered() const {
    Automaton result;
    std::vector<std::uint32_t> number(subsets_.size()), order;
    std::vector<std::vector<std::uint32_t>> accepting(subsets_.size());
    for (std::uint32_t state = 0; state < subsets_.size(); ++state) {
      // An empty match is none: the start never accepts.
      if (state != Automaton::kStart) accepting[state] = accepted(state);
      order.push_back(state);
    }
    std::stable_partition(order.begin(), order.end(),
                          [&](std::uint32_t state) { return accepting[state].empty(); });
    for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
    result.column_of_ = column_of_;
    result.shift_ = static_cast<std::uint32_t>(std::bit_width(columns_ - 1));
    result.next_.assign(order.size() << result.shift_, 0);
    result.first_accepting_ = static_cast<std::uint32_t>(order.size());
    std::map<std::vector<std::uint32_t>, std::uint32_t> lists;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      for (std::uint32_t column = 0; column < columns_; ++column)
        result.next_[(i << result.shift_) + column] =
            static_cast<std::uint16_t>(number[next_[order[i] * columns_ + column]]);
      const auto& ids = accepting[order[i]];
      if (ids.empty()) continue;
      result.first_accepting_ = std::min(result.first_accepting_, i);
      const auto [list, is_new] = lists.try_emplace(ids, result.lists());
      result.list_of_.push_back(list->second);
      if (!is_new) continue;
      result.ids_.insert(result.ids_.end(), ids.begin(), ids.end());
      result.ids_from_.push_back(static_cast<std::uint32_t>(result.ids_.size()));
    }
    for (unsigned byte = 0; byte < 256; ++byte)
      result.starts_[byte] =
          next_[Automaton::kStart * columns_ + column_of_[byte]] != Automaton::kDead;
    return result;
  }

  const Nfa& nfa_;
  const std::size_t most_states_;
  std::array<std::uint8_t, 256> column_of_{};
  std::array<unsigned, 256> sample_{};  // a byte of each column
  std::uint32_t columns_ = 1;
  std::vector<std::uint32_t> next_;  // per state and column
  std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, SubsetHash> numbers_;
  std::vector<const std::vector<std::uint32_t>*> subsets_;  // keys of numbers_
  std::vector<std::uint32_t> seen_;
  std::uint32_t mark_ = 0;
  std::vector<std::vector<std::uint32_t>> closures_;  // per state of the NFA
  std::vector<std::uint32_t> open_, subset_, moved_, last_moved_;
};

Result<Automaton> Automaton::build(std::span<const AutomatonMember> members,
                                   std::size_t most_states) {
  Nfa nfa;
  for (const AutomatonMember& member : members) {
    if (!nfa.add(member)) return fail(ErrorCode::kLimit, "too many repetitions");
  }
  return AutomatonBuilder(nfa, most_states).build();
}

void Automaton::write(ByteWriter& out) const {
  out.value(column_of_);
  out.value(starts_);
  out.value(shift_);
  out.value(first_accepting_);
  out.list(next_);
  out.list(list_of_);
  out.list(ids_from_);
  out.list(ids_);
}

bool Automaton::read(ByteReader& in) {
  if (!in.value(column_of_) || !in.value(starts_) || !in.value(shift_) ||
      !in.value(first_accepting_) || !in.list(next_) || !in.list(list_of_) ||
      !in.list(ids_from_) || !in.list(ids_) || shift_ > 8 || ids_from_.empty())
    return false;
  const std::size_t count = states();
  const auto fits = [&](std::uint16_t state) { return state < count; };
  const auto in_row = [&](std::uint8_t column) { return column >> shift_ == 0; };
  return count >= 2 && count << shift_ == next_.size() && first_accepting_ <= count &&
         first_accepting_ > kStart && list_of_.size() == count - first_accepting_ &&
         std::is_sorted(ids_from_.begin(), ids_from_.end()) && ids_from_.front() == 0 &&
         ids_from_.back() == ids_.size() &&
         std::all_of(list_of_.begin(), list_of_.end(),
                     [&](std::uint32_t list) { return list < lists(); }) &&
         std::all_of(next_.begin(), next_.end(), fits) &&
         std::all_of(column_of_.begin(), column_of_.end(), in_row);
}

// Counts spread from state to state until nothing changes: loops only add counts.
std::vector<std::uint32_t> Automaton::digit_counts() const {
  std::vector<std::uint32_t> column_digits(std::size_t{1} << shift_),
      column_marks(column_digits.size());
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    if (is_ascii_digit(c)) column_digits[column_of_[byte]] = 1;
    if (!is_ascii_alnum(c)) column_marks[column_of_[byte]] = 1;
  }
  std::vector<std::uint32_t> counts(states());
  std::vector<std::uint32_t> open = {kStart};
  counts[kStart] = 1;
  while (!open.empty()) {
    const std::uint32_t state = open.back();
    open.pop_back();
    for (std::uint32_t column = 0; column < column_digits.size(); ++column) {
      const std::uint32_t next = next_[(state << shift_) + column];
      if (next == kDead) continue;
      const std::uint32_t more = (column_digits[column] != 0 ? counts[state] << 1 : 0) |
                                 (column_marks[column] != 0 ? counts[state] : 0);
      if ((more & ~counts[next]) == 0) continue;
      counts[next] |= more;
      open.push_back(next);
    }
  }
  std::vector<std::uint32_t> of_lists(lists());
  for (std::size_t i = 0; i < list_of_.size(); ++i)
    of_lists[list_of_[i]] |= counts[first_accepting_ + i];
  return of_lists;
}

Result<std::vector<Automaton>> build_automata(std::span<const AutomatonMember> members,
                                              std::uint32_t& faulty) {
  std::vector<Automaton> automata;
  if (members.empty()) return automata;
  const bool alone = members.size() == 1;
  auto built = Automaton::build(members, alone ? kMostStatesAlone : kMostStatesShared);
  if (built) {
    automata.push_back(std::move(*built));
    return automata;
  }
  if (alone) {
    faulty = members.front().id;
    return tl::unexpected(std::move(built).error());
  }
  const std::size_t half = members.size() / 2;
  for (auto part : {members.first(half), members.subspan(half)}) {
    NOSHARE_TRY(std::vector<Automaton> some, build_automata(part, faulty));
    for (Automaton& one : some) automata.push_back(std::move(one));
  }
  return automata;
}

}  // namespace noshare::detect
