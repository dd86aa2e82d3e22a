// Context words: the words near a match that make it likelier, or less likely.
//
// In:  the words and phrases of all packs     Out: where they stand in a stretch of text
// Looked up around candidates only. A word is a run of letters and digits of any script,
// in any case; each character of a script without spaces is a word. The words of a phrase
// may be separated by white space, a line's end or one of -_./:' ("card no" = "Card-No").
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/model/segment.h"

#include "detect/block_masks.h"

namespace noshare::detect {

struct ContextHit {
  model::Span span;
  std::uint32_t phrase;
};

class ContextWords {
 public:
  // Returns the phrase's number; the same for equal phrases.
  // Errors: kInvalidInput for a phrase without a letter or digit.
  Result<std::uint32_t> add(const std::string& phrase);
  void finish();  // to be called once, after the last add()

  // Appends the phrases whose first word begins in [begin, end), in order of place.
  // `begin` must not lie within a word.
  void find(std::string_view text, std::uint32_t begin, std::uint32_t end,
            std::vector<ContextHit>& hits) const;

  const std::string& phrase(std::uint32_t number) const { return phrases_[number].text; }
  std::size_t size() const { return phrases_.size(); }

 private:
  struct Phrase {
    std::string text;                // as in the pack
    std::vector<std::string> words;  // folded
  };
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t first = 0, last = 0;  // phrases with this first word, in order_
  };
  const Slot* slot_of(std::string_view word) const;
  // The first bytes of a word in lower case and its length, as one number.
  //
  // first  eight bytes of which the word's come first; what follows them does not matter
  static std::uint64_t beginning_of(std::uint64_t first, std::size_t size) {
    constexpr std::uint64_t kLowerCase = 0x2020202020202020;
    if (size < sizeof first) first &= low_bits(static_cast<std::uint32_t>(8 * size));
    const std::uint64_t key = (first | kLowerCase) + size * 0x9E37'79B9'7F4A'7C15;
    return key * 0xFF51'AFD7'ED55'8CCD >> (64 - kBeginningBits);
  }
  bool may_begin_phrase(std::string_view text, std::uint32_t begin,
                        std::uint32_t size) const {
    std::uint64_t first = 0;
    if (text.size() - begin >= sizeof first) {
      std::memcpy(&first, text.data() + begin, sizeof first);
    } else {
      std::memcpy(&first, text.data() + begin, text.size() - begin);
    }
    const std::uint64_t bit = beginning_of(first, size);
    return (beginnings_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  void read_word(std::string_view text, model::Span word,
                 std::vector<ContextHit>& hits) const;
  void read_run(std::string_view text, model::Span run, std::uint32_t end,
                std::vector<ContextHit>& hits) const;
  void probe(std::string_view text, model::Span word, std::string_view folded_word,
             std::vector<ContextHit>& hits) const;

  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by words; until finish()
  std::vector<std::uint32_t> order_;                        // phrases by first word
  std::vector<Slot> slots_;  // open addressing, a power of two
  // A bit for each beginning of a phrase's first word: most words have no bit.
  static constexpr int kBeginningBits = 17;
  std::vector<std::uint64_t> beginnings_ =
      std::vector<std::uint64_t>((std::size_t{1} << kBeginningBits) / 64);
  BlockKernel kernel_ = best_kernel();
};

// The hits around candidates, found piece by piece as they are asked for, each piece
// once.
class ContextIndex {
 public:
  static constexpr std::uint32_t kPieceBytes = 256;

  void reset(const ContextWords* words, std::string_view text);

  // Calls on_hit(hit) for each hit that begins in [begin, end), in order of place.
  template <class OnHit>
  void visit(std::uint32_t begin, std::uint32_t end, OnHit&& on_hit) {
    if (begin >= end) return;
    const std::size_t last =
        std::min<std::size_t>((end - 1) / kPieceBytes + 1, pieces_.size());
    for (std::size_t number = begin / kPieceBytes; number < last; ++number) {
      if (pieces_[number].first == kUnread) read(number);
      const Piece piece = pieces_[number];
      for (std::uint32_t i = piece.first; i < piece.last; ++i) {
        if (hits_[i].span.begin >= begin && hits_[i].span.begin < end) on_hit(hits_[i]);
      }
    }
  }

 private:
  static constexpr std::uint32_t kUnread = UINT32_MAX;
  struct Piece {
    std::uint32_t first = kUnread, last = kUnread;  // into hits_
  };
  void read(std::size_t number);

  const ContextWords* words_ = nullptr;
  std::string_view text_;
  std::vector<Piece> pieces_;
  std::vector<ContextHit> hits_;
};

}  // namespace noshare::detect
