// Digit places: where a run of tokens that mean a number may begin.
//
// In:  UTF-8 text, folded     Out: places, in the order of the text; what lies between
// them means no number. Groups of digits that stand alone are told to ScatteredGroups.
// A number has a digit in it, or is said in words: those are long enough that a word in
// every few bytes need be looked at.
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/disguise/scattered_groups.h"

namespace noshare::extract {

inline constexpr std::size_t kMostDigitGap = 16;  // bytes of signs between two groups

class DigitPlaces {
 public:
  DigitPlaces(std::string_view text, ScatteredGroups& alone)
      : text_(text), alone_(alone) {}

  // The next place from `at` on; the text's size if there is none.
  std::size_t next(std::size_t at);

 private:
  struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;  // equal: there is none
    bool is_none() const { return begin == end; }
  };
  class Glance;
  Word word_at(std::size_t at, std::size_t least) const;
  Word word_behind(std::size_t end) const;
  Word word_before(std::size_t begin, std::size_t least) const;
  std::size_t behind_signs(std::size_t at) const;
  Word spoken_at(std::size_t at) const;
  bool may_be_spoken_at(std::size_t at) const;
  bool may_be_spoken_behind(std::size_t at, Glance& glance) const;
  bool may_mean(const Word& word) const;
  void tell_alone(const Word& word);
  bool stands_alone(const Word& word, std::size_t least) const;
  std::size_t next_spoken(std::size_t at, std::size_t end) const;
  std::size_t begin_of_run(std::size_t at, std::size_t least) const;

  std::string_view text_;
  ScatteredGroups& alone_;
  std::size_t digit_ = 0;  // the next one from where was looked last
  bool looked_ = false;
};

}  // namespace noshare::extract
