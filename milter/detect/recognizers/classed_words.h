// Classed words: what a word can be, from a list that was compiled in.
//
// In:  a word in lower case     Out: the bits of its classes and languages, 0 for an
// unknown word
// Source: tables/*_words.tsv, turned into C++ by tables/make_word_table.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace noshare::detect {

struct ClassedWord {
  const char* word;
  std::uint16_t classes;
  std::uint32_t languages;  // of addresses; 0: says nothing
};

class ClassedWords {
 public:
  ClassedWords(const ClassedWord* words, std::size_t count);

  std::uint16_t classes_of(std::string_view lower_case_word) const {
    const auto found = words_.find(lower_case_word);
    return found == words_.end() ? std::uint16_t{0} : found->second->classes;
  }
  std::uint32_t languages_of(std::string_view lower_case_word) const {
    const auto found = words_.find(lower_case_word);
    return found == words_.end() ? std::uint32_t{0} : found->second->languages;
  }

 private:
  std::unordered_map<std::string_view, const ClassedWord*> words_;  // into the table
};

}  // namespace noshare::detect
