// Number words: digits as people say them, in many languages.
//
// In:  a word, UTF-8     Out: the digits that it stands for, by language
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::extract {

inline constexpr std::size_t kNumberLanguages = 38;

// What a word stands for in each language: -1 is nothing; some languages share words that
// mean different digits. 10 to 99 are two digits.
struct NumberWord {
  std::array<std::int8_t, kNumberLanguages> value;
};

// Null if it is no number word. Case and accents do not matter.
const NumberWord* number_word(std::string_view word);

// "fouroneone": the number words that a run of letters is made of, in one language; ""
// unless there are at least four.
std::string run_of_number_words(std::string_view word);

// How often what follows is to be taken: 2 for "double", 1 for what is no such word.
unsigned repeating_word(std::string_view word);

// Words for a sign between digits: "dash", "Punkt".
bool is_separator_word(std::string_view word);

// False if a word is certainly none of these, by its first letters and its length.
bool may_be_number_word(std::string_view word);
bool may_be_number_word_ascii(std::string_view word);  // of one that is all ASCII

// The same of a word that begins so and may be several run together.
bool may_begin_number_word(char first, char second);

}  // namespace noshare::extract
