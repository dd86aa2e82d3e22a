// Symbols: what number each character of an identifier stands for.
//
// In:  the parameters `alphabet` and `values` of a check     Out: a table of 256 entries
// `alphabet` lists characters in the order of their values, or names one: "digits" (0-9)
// or "alnum" (0-9, then A-Z as 10 to 35). `values` adds or replaces single ones: {"<":
// 0}.
#pragma once

#include <array>
#include <cstdint>

#include "detect/checks/parameters.h"

namespace noshare::detect {

class Symbols {
 public:
  Symbols() { values_.fill(kNone); }

  // Reads both parameters; without `alphabet`, `fallback` is taken.
  static Symbols read(Parameters& parameters, const std::string& fallback);
  static Symbols from_alphabet(std::string_view alphabet);

  // Negative for a character that stands for nothing.
  int value(char c) const { return values_[static_cast<unsigned char>(c)]; }
  int size() const { return size_; }  // the largest value and one
  void set(char c, int value);
  // True if each decimal digit stands for itself.
  bool has_plain_digits() const;

 private:
  static constexpr std::int16_t kNone = -1;
  std::array<std::int16_t, 256> values_{};
  int size_ = 0;
};

// A mapping of single characters to numbers from 0 to 999, as {A: 1, B: 0}.
Symbols symbols_from_map(Parameters& parameters, const Json& map);

}  // namespace noshare::detect
