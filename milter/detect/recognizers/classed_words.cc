// Builds the lookup of classed words; see classed_words.h.
#include "detect/recognizers/classed_words.h"

namespace noshare::detect {

ClassedWords::ClassedWords(const ClassedWord* words, std::size_t count) {
  words_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) words_.emplace(words[i].word, &words[i]);
}

}  // namespace noshare::detect
