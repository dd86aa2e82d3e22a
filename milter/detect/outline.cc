// Widening keeps every match: each set of bytes becomes a larger one.
#include "detect/outline.h"

#include <array>

namespace noshare::detect {
namespace {

constexpr std::size_t kMostStates = 30'000;  // the shipped packs need 11,300

// Bytes that are not told apart.
constexpr std::array<ByteSet, 4> kKinds{
    ByteSet::range('0', '9'), ByteSet::range('A', 'Z'), ByteSet::range('a', 'z'),
    ByteSet::range(0x80, 0xFF)};

void widen(RegexNode& node) {
  for (const ByteSet& kind : kKinds) {
    if (node.bytes.meets(kind)) node.bytes = node.bytes | kind;
  }
  for (RegexNode& child : node.children) widen(child);
}

}  // namespace

Outline Outline::build(std::span<const AutomatonMember> members) {
  Outline outline;
  if (members.empty()) return outline;
  std::vector<RegexNode> trees;
  trees.reserve(members.size());
  std::vector<AutomatonMember> widened;
  for (const AutomatonMember& member : members) {
    widen(trees.emplace_back(*member.tree));
    widened.push_back({&trees.back(), member.id});
  }
  auto automaton = Automaton::build(widened, kMostStates);
  if (automaton) outline.automaton_.push_back(std::move(*automaton));
  return outline;
}

void Outline::set_masks(std::span<const std::uint64_t> mask_of) {
  masks_.clear();
  if (!exists()) return;
  for (std::uint32_t list = 0; list < automaton_.front().lists(); ++list) {
    std::uint64_t mask = 0;
    for (const std::uint32_t id : automaton_.front().ids(list)) mask |= mask_of[id];
    masks_.push_back(mask);
  }
}

void Outline::write(ByteWriter& out) const {
  out.value(std::uint64_t{automaton_.size()});
  for (const Automaton& automaton : automaton_) automaton.write(out);
}

bool Outline::read(ByteReader& in, std::size_t ids) {
  std::uint64_t count = 0;
  if (!in.value(count) || count > 1) return false;
  automaton_.resize(count);
  masks_.clear();
  return count == 0 ||
         (automaton_.front().read(in) && automaton_.front().largest_id() < ids);
}

}  // namespace noshare::detect
