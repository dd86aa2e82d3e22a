// Lines of a text, and how many marks that can separate cells each of them holds.
//
// In:  text     Out: line after line, with the counts of kCellMarks
// Sixty-four bytes are looked at together, each once. Any bytes give an answer.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace noshare::detect {

inline constexpr std::array<char, 4> kCellMarks{'\t', '|', ';', ','};

struct MarkedLine {
  std::uint32_t begin = 0, end = 0;  // without its '\n'
  std::array<std::uint32_t, kCellMarks.size()> counts{};
  bool quoted = false;  // holds a '"'
  bool operator==(const MarkedLine&) const = default;
};

class LineMarks {
 public:
  explicit LineMarks(std::string_view text) : text_(text) {}

  // The next line; false behind the last. Text that ends in '\n' has no line behind it.
  bool next(MarkedLine& line);

 private:
  struct Masks {  // bit i for byte i of a block
    std::uint64_t newline = 0, quote = 0;
    std::array<std::uint64_t, kCellMarks.size()> marks{};
    std::uint64_t any = 0;  // of the marks
  };
  void read_block(std::size_t block);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t block_ = SIZE_MAX;  // whose masks these are
  Masks masks_;
};

}  // namespace noshare::detect
