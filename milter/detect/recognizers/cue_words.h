// Cue words: does a word of a list stand near a place in a text?
//
// In:  words and phrases, as a pack gives them     Out: yes or no
// Words are compared whole; words in scripts that write without spaces (Han, Kana, Thai)
// are found anywhere. Letter case does not matter.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

// Transparent, so that a piece of the text needs no copy to be looked up.
struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view word) const noexcept {
    return std::hash<std::string_view>{}(word);
  }
};
using WordSet = std::unordered_set<std::string, WordHash, std::equal_to<>>;

class CueWords {
 public:
  CueWords() = default;
  explicit CueWords(const std::vector<std::string>& words);

  // True if a cue begins within `where`.
  bool any_in(std::string_view text, model::Span where) const;

 private:
  WordSet words_;                      // single words
  std::vector<std::string> phrases_;   // several words, single spaces
  WordSet first_words_;                // of the phrases
  std::vector<std::string> unspaced_;  // in scripts without spaces
};

// A byte that belongs to a word: a letter, a digit, or part of a non-ASCII character.
bool is_word_byte(char c) noexcept;

// `where`, widened by so many bytes on either side, kept inside the text.
model::Span widened(model::Span where, std::uint32_t before, std::uint32_t after,
                    std::size_t text_size) noexcept;

}  // namespace noshare::detect
