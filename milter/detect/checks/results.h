// CheckCharacters: where a value carries its check characters, and how a result is
// written.
//
// In:  parameters  check         place of the first one, from the end when negative (-1)
//                  check_length  how many decimal digits it has (1)
//                  letters       the character for each result: "TRWAGMYFPDXBNJZSQVHLCKE"
//                  results       results written otherwise: {10: X, 11: 0}; null: never
//                  issued
// Out: whether the value's check characters say the result
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "detect/checks/parameters.h"

namespace noshare::detect {

class CheckCharacters {
 public:
  static CheckCharacters read(Parameters& parameters);

  // The place of the first check character. False when the value is too short.
  bool locate(std::string_view value, std::size_t& at) const noexcept;
  // Whether the characters at that place write `result`.
  bool match(std::string_view value, std::size_t at, int result) const noexcept;
  // The number that the characters write for `result` when they are digits; negative:
  // they are none, or the result is never issued.
  int digits_for(int result) const noexcept;
  std::size_t length() const noexcept { return length_; }

 private:
  static constexpr int kMostSpecial = 128;
  // By result: 0 as usual, '!' never issued, else the character that stands for it.
  std::array<char, kMostSpecial> special_{};
  std::string letters_;
  int place_ = -1;
  std::size_t length_ = 1;
};

}  // namespace noshare::detect
