// Automaton: many regular expressions tried at once at one place of a text.
//
// In:  trees (regex.h), each with a number     Out: for a start, every end of every
// expression Deterministic and complete: one table look-up per byte, no memory is
// written, so that it is shared by all threads and processes. Tables that would grow too
// large are split in several.
//
// Why not Hyperscan here: it reports ends over a stretch of text and only the leftmost
// start, at 18 MB/s on digit-heavy text. Candidates begin at few places (word edges,
// docs/decisions/ 0002), and from one place all ends of 100 expressions should cost tens
// of ns (not measured yet) here.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "noshare/base/result.h"

#include "detect/byte_stream.h"
#include "detect/regex.h"

namespace noshare::detect {

struct AutomatonMember {
  const RegexNode* tree = nullptr;
  std::uint32_t id = 0;
};

class Automaton {
 public:
  // Errors: kLimit, when the members need more than `most_states` states together.
  static Result<Automaton> build(std::span<const AutomatonMember> members,
                                 std::size_t most_states);

  bool may_start_with(char c) const {
    return starts_[static_cast<unsigned char>(c)] != 0;
  }

  // Calls on_end(end, list) for each non-empty prefix of [at, end) that matches, shortest
  // first; `list` numbers the members that match it.
  template <class OnEnd>
  void run(const char* at, const char* end, OnEnd&& on_end) const {
    std::uint32_t state = kStart;
    while (at != end) {
      const std::uint32_t column = column_of_[static_cast<unsigned char>(*at)];
      state = next_[(state << shift_) + column];
      if (state == kDead) return;
      ++at;
      if (state >= first_accepting_) on_end(at, list_of_[state - first_accepting_]);
    }
  }

  // The ids of the members that end together, ascending.
  std::span<const std::uint32_t> ids(std::uint32_t list) const {
    return {ids_.data() + ids_from_[list], ids_from_[list + 1] - ids_from_[list]};
  }
  std::uint32_t lists() const { return static_cast<std::uint32_t>(ids_from_.size() - 1); }
  // Per list: bit n is set when n digits and no letters can lead to it (n below 32).
  std::vector<std::uint32_t> digit_counts() const;

  // The largest id of any member; 0 without members.
  std::uint32_t largest_id() const {
    return ids_.empty() ? 0 : *std::max_element(ids_.begin(), ids_.end());
  }
  std::size_t states() const { return next_.size() >> shift_; }
  void write(ByteWriter& out) const;
  // False when the bytes are no automaton, or one that could lead outside its tables.
  bool read(ByteReader& in);

 private:
  friend class AutomatonBuilder;
  static constexpr std::uint32_t kDead = 0, kStart = 1;

  std::array<std::uint8_t, 256> column_of_{};  // bytes that no expression tells apart
  std::array<std::uint8_t, 256> starts_{};
  std::uint32_t shift_ = 0;            // columns per state, as a power of two
  std::uint32_t first_accepting_ = 0;  // states from here on accept
  std::vector<std::uint16_t> next_;
  std::vector<std::uint32_t> list_of_;         // per accepting state
  std::vector<std::uint32_t> ids_from_ = {0};  // per list, into ids_; and the end
  std::vector<std::uint32_t> ids_;
};

// As few automata as the limits allow, together holding all members.
// Errors: kLimit when a member is too complex by itself; `faulty` is its id.
Result<std::vector<Automaton>> build_automata(std::span<const AutomatonMember> members,
                                              std::uint32_t& faulty);

}  // namespace noshare::detect
