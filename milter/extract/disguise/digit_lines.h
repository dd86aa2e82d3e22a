// Digit lines: the numbers that the digit view has found, as it writes them.
//
// In:  digits, each with the place where it is written     Out: lines (view_lines.h)
// Numbers whose groups stand in the cells of a table wait until the text is read: where
// hardly any has a check digit that holds (ISO/IEC 7812-1), they are figures, and
// dropped.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "extract/disguise/digit_tokens.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {

struct Digit {
  char meant;
  std::size_t origin;
};
using Digits = std::vector<Digit>;

// The groups in which cards and identity numbers are written; 0 is none.
inline constexpr std::array<std::array<std::size_t, 5>, 5> kDigitShapes = {
    {{4, 4, 4, 4, 0},
     {4, 6, 5, 0, 0},
     {3, 2, 4, 0, 0},
     {4, 4, 4, 4, 3},
     {4, 6, 4, 0, 0}}};

// Every second digit from the right counts twice; the sum ends in 0 (ISO/IEC 7812-1).
bool check_digit_holds(std::span<const Digit> digits);

class DigitLines {
 public:
  DigitLines(std::string_view text, bool mapped) : text_(text), out_(text, mapped) {}

  bool full() const { return out_.full(); }
  // The digits of a token that is written in digits or their like.
  void add_written(const DigitToken& token, Digits& digits) const;
  // A number that stands in [begin, end). `form`: signs among the digits, which are 'x';
  // those behind it follow.
  void put(const Digits& digits, std::size_t begin, std::size_t end,
           std::string_view form);
  // The same, if its like in other rows are numbers as well.
  void put_cells(Digits digits, std::size_t begin, std::size_t end);
  MappedText finish();

 private:
  struct Cells {
    Digits digits;
    std::size_t begin;
    std::size_t end;
  };
  std::string_view text_;
  ViewLines out_;
  std::vector<Cells> cells_;
};

}  // namespace noshare::extract
