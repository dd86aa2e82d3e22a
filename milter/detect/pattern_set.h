// PatternSet: some of a database's patterns, a bit each.
//
// In:  indices of patterns     Out: whether they are in it
// Sets of one database have the same size; an empty one holds nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace noshare::detect {

class PatternSet {
 public:
  PatternSet() = default;
  explicit PatternSet(std::size_t patterns) : words_((patterns + 63) / 64) {}

  void add(std::uint32_t pattern) {
    words_[pattern / 64] |= std::uint64_t{1} << (pattern % 64);
  }
  bool has(std::uint32_t pattern) const {
    return (words_[pattern / 64] >> (pattern % 64) & 1) != 0;
  }
  void clear() { std::fill(words_.begin(), words_.end(), 0); }
  PatternSet& operator|=(const PatternSet& other) {
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  // Whether some pattern is in both.
  bool meets(const PatternSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace noshare::detect
