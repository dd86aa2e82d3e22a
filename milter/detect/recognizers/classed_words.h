// Classed words: what a word can be, from a list that was compiled in.
//
// In:  a word in lower case     Out: the bits of its classes, 0 for an unknown word
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
};

class ClassedWords {
 public:
  ClassedWords(const ClassedWord* words, std::size_t count);

  std::uint16_t classes_of(std::string_view lower_case_word) const {
    const auto found = classes_.find(lower_case_word);
    return found == classes_.end() ? std::uint16_t{0} : found->second;
  }

 private:
  std::unordered_map<std::string_view, std::uint16_t> classes_;  // views into the table
};

}  // namespace noshare::detect
