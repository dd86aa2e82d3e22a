// Builds and asks the lookup of classed words; see classed_words.h.
#include "detect/recognizers/classed_words.h"

#include <bit>

namespace noshare::detect {

std::uint32_t ClassedWords::hash_of(std::string_view word) {
  std::uint32_t hash = 2166136261U;  // FNV-1a, 32 bits
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

// The word's slot, or the free one where it would stand.
const ClassedWords::Slot& ClassedWords::slot_of(std::string_view word,
                                                std::uint32_t hash) const {
  for (std::size_t at = hash;; ++at) {
    const Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.word.empty() || (slot.hash == hash && slot.word == word)) return slot;
  }
}

ClassedWords::ClassedWords(const ClassedWord* words, std::size_t count)
    : slots_(std::bit_ceil(count * 2 + 1)) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view word = words[i].word;
    const std::uint32_t hash = hash_of(word);
    const Slot& slot = slot_of(word, hash);
    if (!slot.word.empty()) continue;  // the first one counts
    slots_[static_cast<std::size_t>(&slot - slots_.data())] = {
        word, hash, words[i].classes, words[i].languages};
    lengths_[static_cast<unsigned char>(word[0])] |= std::uint64_t{1}
                                                     << (word.size() & 63);
  }
}

const ClassedWords::Slot& ClassedWords::found(std::string_view lower_case_word) const {
  static const Slot kNone;
  if (lower_case_word.empty()) return kNone;
  if (!may_hold(lower_case_word[0], lower_case_word.size())) return kNone;
  return slot_of(lower_case_word, hash_of(lower_case_word));
}

}  // namespace noshare::detect
