// Code point ranges split so that each piece is a sequence of independent byte ranges.
#include "detect/character_class.h"

#include <algorithm>

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr char32_t kLast = 0x10FFFF;

std::vector<unsigned char> utf8(char32_t c) {
  if (c < 0x80) return {static_cast<unsigned char>(c)};
  std::vector<unsigned char> bytes;
  int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  const unsigned lead = tail == 1 ? 0xC0 : tail == 2 ? 0xE0 : 0xF0;
  bytes.push_back(static_cast<unsigned char>(lead | (c >> (6 * tail))));
  while (tail-- > 0)
    bytes.push_back(static_cast<unsigned char>(0x80 | ((c >> (6 * tail)) & 0x3F)));
  return bytes;
}

RegexNode bytes_node(unsigned first, unsigned last) {
  RegexNode node;
  node.kind = RegexNode::Kind::kBytes;
  node.bytes = ByteSet::range(first, last);
  return node;
}

// Cuts [first, last] where the number of bytes, or a leading byte with an incomplete
// range of trailing ones, changes; each remaining piece is one sequence of byte ranges.
void add_sequences(char32_t first, char32_t last, std::vector<RegexNode>& out) {
  for (char32_t most : {char32_t{0x7F}, char32_t{0x7FF}, char32_t{0xFFFF}}) {
    if (first <= most && most < last) {
      add_sequences(first, most, out);
      return add_sequences(most + 1, last, out);
    }
  }
  for (int tail = 1; last >= 0x80 && tail <= 3; ++tail) {
    const char32_t mask = (char32_t{1} << (6 * tail)) - 1;
    if ((first & ~mask) == (last & ~mask)) continue;
    if ((first & mask) != 0) {
      add_sequences(first, first | mask, out);
      return add_sequences((first | mask) + 1, last, out);
    }
    if ((last & mask) != mask) {
      add_sequences(first, (last & ~mask) - 1, out);
      return add_sequences(last & ~mask, last, out);
    }
  }
  const auto low = utf8(first), high = utf8(last);
  if (low.size() == 1) return out.push_back(bytes_node(low[0], high[0]));
  RegexNode sequence;
  sequence.kind = RegexNode::Kind::kSequence;
  for (std::size_t i = 0; i < low.size(); ++i)
    sequence.children.push_back(bytes_node(low[i], high[i]));
  out.push_back(std::move(sequence));
}

}  // namespace

void CharacterClass::add(const CharacterClass& other) {
  ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

void CharacterClass::add_other_case() {
  std::vector<Range> more;
  for (const Range& range : ranges_) {
    // A wide range (a whole script) holds both cases already.
    const char32_t last = std::min<char32_t>(range.last, range.first + 0x2000);
    for (char32_t c = range.first; c <= last; ++c) {
      const char32_t lower = lower_case(c), upper = upper_case(c);
      if (lower != c) more.push_back({lower, lower});
      if (upper != c) more.push_back({upper, upper});
    }
  }
  ranges_.insert(ranges_.end(), more.begin(), more.end());
}

std::vector<CharacterClass::Range> CharacterClass::normalised() const {
  std::vector<Range> sorted = ranges_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::vector<Range> merged;
  for (const Range& range : sorted) {
    if (!merged.empty() && range.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

CharacterClass CharacterClass::complement() const {
  CharacterClass result;
  char32_t next = 0;
  for (const Range& range : normalised()) {
    if (range.first > next) result.add(next, range.first - 1);
    next = range.last + 1;
  }
  if (next <= kLast) result.add(next, kLast);
  return result;
}

RegexNode CharacterClass::to_node() const {
  std::vector<RegexNode> sequences;
  for (const Range& range : normalised())
    add_sequences(range.first, range.last, sequences);
  RegexNode node;
  node.kind = RegexNode::Kind::kAlternatives;
  RegexNode single = bytes_node(1, 0);
  for (RegexNode& sequence : sequences) {
    if (sequence.kind == RegexNode::Kind::kBytes) {
      single.bytes = single.bytes | sequence.bytes;
    } else {
      node.children.push_back(std::move(sequence));
    }
  }
  if (node.children.empty()) return single;
  if (!single.bytes.empty()) node.children.push_back(std::move(single));
  return node;
}

CharacterClass CharacterClass::digits() {
  CharacterClass result;
  result.add('0', '9');
  return result;
}

CharacterClass CharacterClass::word() {
  CharacterClass result = digits();
  result.add('A', 'Z');
  result.add('a', 'z');
  result.add('_', '_');
  return result;
}

CharacterClass CharacterClass::space() {
  CharacterClass result;
  result.add('\t', '\r');
  result.add(' ', ' ');
  return result;
}

}  // namespace noshare::detect
