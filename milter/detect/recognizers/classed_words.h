// Classed words: what a word can be, from a list that was compiled in.
//
// In:  a word in lower case     Out: the bits of its classes and languages, 0 for an
// unknown word
// Source: tables/*_words.tsv, turned into C++ by tables/make_word_table.py.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace noshare::detect {

struct ClassedWord {
  const char* word;
  std::uint16_t classes;
  std::uint32_t languages;  // of addresses; 0: says nothing
};

// An open hash table. Most words of a text are turned away by first byte and length.
class ClassedWords {
 public:
  ClassedWords(const ClassedWord* words, std::size_t count);

  std::uint16_t classes_of(std::string_view lower_case_word) const {
    return found(lower_case_word).classes;
  }
  std::uint32_t languages_of(std::string_view lower_case_word) const {
    return found(lower_case_word).languages;
  }
  // False for most words that are not in the list, by their first byte in lower case.
  bool may_hold(char first, std::size_t size) const {
    return (lengths_[static_cast<unsigned char>(first)] >> (size & 63) & 1) != 0;
  }

 private:
  struct Slot {
    std::string_view word;  // into the table; empty: free
    std::uint32_t hash = 0;
    std::uint16_t classes = 0;
    std::uint32_t languages = 0;
  };
  const Slot& found(std::string_view lower_case_word) const;
  static std::uint32_t hash_of(std::string_view word);
  const Slot& slot_of(std::string_view word, std::uint32_t hash) const;

  std::vector<Slot> slots_;  // a power of two
  // Bit n of lengths_[c]: some word begins with byte c and is n bytes long.
  std::array<std::uint64_t, 256> lengths_{};
};

}  // namespace noshare::detect
