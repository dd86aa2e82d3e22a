// A set of byte values, as small as four machine words.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace noshare::detect {

class ByteSet {
 public:
  constexpr ByteSet() = default;
  static constexpr ByteSet range(unsigned first, unsigned last) {
    ByteSet set;
    for (unsigned byte = first; byte <= last; ++byte) set.add(byte);
    return set;
  }

  constexpr void add(unsigned byte) {
    words_[byte >> 6] |= std::uint64_t{1} << (byte & 63);
  }
  constexpr bool has(unsigned byte) const {
    return (words_[byte >> 6] >> (byte & 63) & 1) != 0;
  }
  constexpr ByteSet operator|(const ByteSet& other) const {
    ByteSet set;
    for (std::size_t i = 0; i < words_.size(); ++i)
      set.words_[i] = words_[i] | other.words_[i];
    return set;
  }
  constexpr bool meets(const ByteSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }
  constexpr bool within(const ByteSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }
  constexpr bool empty() const { return size() == 0; }
  constexpr int size() const {
    int count = 0;
    for (std::uint64_t word : words_) count += std::popcount(word);
    return count;
  }
  auto operator<=>(const ByteSet&) const = default;

 private:
  std::array<std::uint64_t, 4> words_{};
};

}  // namespace noshare::detect
