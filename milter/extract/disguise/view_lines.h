// ViewLines: a second reading of a text, one line for each place that looks disguised.
//
// In:  characters as they are meant, and where each stands     Out: lines, each with the
// words before the place, since they say what it is; mapped to the text
// Bounded: a text has at most so many places.
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

class ViewLines {
 public:
  ViewLines(std::string_view text, bool mapped) : text_(text), out_(mapped) {}

  bool full() const { return lines_ >= kMostLines; }
  // Begins a line for the place at `at`.
  void begin(std::size_t at);
  // `meant` stands for what is written at `origin`.
  void put(char meant, std::size_t origin);
  // The place ends before `end`.
  void end(std::size_t end);

  MappedText finish() { return out_.finish(text_.size()); }

  // How many bytes before a place are repeated.
  static constexpr std::size_t kContext = 80;

 private:
  static constexpr std::size_t kMostLines = 1000;

  std::string_view text_;
  TextBuilder out_;
  std::size_t lines_ = 0;
};

// What a number near these words is, as far as they tell. `end` is behind the place.
struct Cues {
  bool card = false;
  bool identity = false;
  bool phone = false;
  bool backwards = false;  // it is to be read from its end
};
Cues cues_around(std::string_view text, std::size_t begin, std::size_t end);

// A text that nobody shows is worth reading where it speaks of a number: nine digits and
// a word for what they are.
bool says_number(std::string_view text);

}  // namespace noshare::extract
