// Outline: what a text can be by the kinds of its characters, for many expressions at
// once.
//
// In:  expressions of several automata
// Out: for a place, which of these are worth a try
// One automaton of all the expressions, in which a digit stands for every digit and a
// letter for every letter of its case. So widened, expressions that tell a thousand
// values apart share their states: one walk over a place turns nearly all of the exact
// automata away. What it lets through is tried exactly. Immutable once made.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/automaton.h"

namespace noshare::detect {

class Outline {
 public:
  // An automaton has a bit in 64.
  static constexpr std::size_t kMostAutomata = 64;

  // ids of members  index into masks_of()'s argument
  // Without states when they would be too many: then nothing is turned away, the automata
  // are tried each by itself.
  static Outline build(std::span<const AutomatonMember> members);

  // mask_of  per id: the automaton's bit
  void set_masks(std::span<const std::uint64_t> mask_of);

  bool exists() const { return !automaton_.empty(); }
  bool may_start_with(char c) const { return automaton_.front().may_start_with(c); }

  // The bits of the automata that may match at `at`, with an end for which holds(end) is
  // true.
  template <class Holds>
  std::uint64_t automata_at(const char* at, const char* end, Holds&& holds) const {
    std::uint64_t bits = 0;
    automaton_.front().run(at, end, [&](const char* match_end, std::uint32_t list) {
      if ((bits & masks_[list]) != masks_[list] && holds(match_end)) bits |= masks_[list];
    });
    return bits;
  }

  void write(ByteWriter& out) const;
  // False when the bytes are none, or name an id from `ids` on.
  bool read(ByteReader& in, std::size_t ids);

 private:
  std::vector<Automaton> automaton_;  // one or none
  std::vector<std::uint64_t> masks_;  // per list of the automaton
};

}  // namespace noshare::detect
