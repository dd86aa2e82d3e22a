// Context words: the words near a match that make it likelier, or less likely.
//
// In:  the words and phrases of all packs     Out: where they stand in a stretch of text
// Looked up around candidates only. A word is a run of letters and digits of any script,
// in any case; each character of a script without spaces is a word. The words of a phrase
// may be separated by white space, a line's end or one of -_./:' ("card no" = "Card-No").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/model/segment.h"

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
    std::uint32_t hash = 0;
    std::uint32_t first = 0, last = 0;  // phrases with this first word, in order_
  };
  const Slot* slot_of(std::string_view word) const;
  void probe(std::string_view text, model::Span word, std::string_view folded_word,
             std::vector<ContextHit>& hits) const;

  std::vector<Phrase> phrases_;
  std::vector<std::uint32_t> order_;  // phrases by first word
  std::vector<Slot> slots_;           // open addressing, a power of two
  // Bit n of lengths_[c]: some first word begins with byte c and is n bytes long.
  std::uint64_t lengths_[256] = {};
};

// The hits around candidates, found as they are asked for. Ask in order of place: each
// stretch of text is then read once.
class ContextIndex {
 public:
  void reset(const ContextWords* words, std::string_view text);
  // All hits that begin in [begin, end), and perhaps others.
  void cover(std::uint32_t begin, std::uint32_t end);
  const ContextHit* first_from(std::uint32_t begin) const;
  const ContextHit* end() const { return hits_.data() + hits_.size(); }

 private:
  const ContextWords* words_ = nullptr;
  std::string_view text_;
  std::uint32_t scanned_to_ = 0;
  std::vector<ContextHit> hits_;
};

}  // namespace noshare::detect
