// Skipping: finds the few places of a text at which a disguise may begin.
//
// In:  any bytes     Out: where to look on; other text is passed many bytes at a time
// What each view asks of such a place is its own business: here it is bytes and digits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "noshare/base/text.h"

namespace noshare::extract {

// Sixteen neighbouring bytes, compared in one step; each result is no bits or all.
// Vectors of this size are what both compilers know on every machine.
class Bytes {
 public:
  static constexpr std::size_t kCount = 16;

  static Bytes at(const char* begin) {
    Bytes bytes;
    std::memcpy(&bytes.all_, begin, kCount);
    return bytes;
  }
  Bytes is(char c) const { return Bytes(all_ == splat(static_cast<unsigned char>(c))); }
  // An ASCII letter in either case; `small` is the small one.
  Bytes is_letter(char small) const {
    return Bytes((all_ | splat(0x20)) == splat(static_cast<unsigned char>(small)));
  }
  Bytes is_any_letter() const {
    return Bytes(((all_ | splat(0x20)) - splat('a')) < splat(26));
  }
  Bytes is_digit() const { return Bytes((all_ - splat('0')) < splat(10)); }
  Bytes is_least(unsigned char low) const { return Bytes(all_ >= splat(low)); }
  Bytes operator|(Bytes other) const { return Bytes(all_ | other.all_); }
  Bytes operator&(Bytes other) const { return Bytes(all_ & other.all_); }
  Bytes operator!() const { return Bytes(~all_); }
  bool any() const { return (half(0) | half(1)) != 0; }
  // The place of the first that is not 0; there must be one.
  std::size_t first() const {
    const std::size_t begin = half(0) != 0 ? 0 : 1;
    const int zeros = std::endian::native == std::endian::little
                          ? std::countr_zero(half(begin))
                          : std::countl_zero(half(begin));
    return begin * 8 + static_cast<std::size_t>(zeros) / 8;
  }

 private:
  using All = std::uint8_t __attribute__((vector_size(16)));
  Bytes() = default;
  template <class Other>
  explicit Bytes(Other all) : all_(reinterpret_cast<All>(all)) {}
  static All splat(unsigned char c) {
    return All{c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
  }
  std::uint64_t half(std::size_t i) const {
    std::uint64_t eight;
    std::memcpy(&eight, reinterpret_cast<const char*>(&all_) + 8 * i, sizeof eight);
    return eight;
  }
  All all_;
};

// The first byte from `at` on that `is` holds for; the text's size if there is none. `is`
// takes a function that gives the bytes so far before or behind those that are asked for:
// no farther than `kBefore` and `kBehind`. Beyond the text's ends stand spaces, for which
// `is` must not hold.
template <std::size_t kBefore, std::size_t kBehind, class Is>
std::size_t next_place(std::string_view text, std::size_t at, const Is& is) {
  constexpr std::size_t kBlock = 4 * Bytes::kCount;
  std::array<char, kBefore + kBlock + kBehind> padded;
  for (; at < text.size(); at += kBlock) {
    const char* block = text.data() + at;
    if (at < kBefore || at + kBlock + kBehind > text.size()) {
      padded.fill(' ');
      const std::size_t before = std::min(at, kBefore);
      text.copy(padded.data() + kBefore - before, before + kBlock + kBehind, at - before);
      block = padded.data() + kBefore;
    }
    const auto found_at = [&](std::size_t i) {
      return is([&](std::ptrdiff_t offset) {
        return Bytes::at(block + static_cast<std::ptrdiff_t>(i) + offset);
      });
    };
    const std::array found = {found_at(0), found_at(Bytes::kCount),
                              found_at(2 * Bytes::kCount), found_at(3 * Bytes::kCount)};
    if (!(found[0] | found[1] | found[2] | found[3]).any()) continue;
    for (std::size_t i = 0;; ++i) {
      if (found[i].any()) return at + i * Bytes::kCount + found[i].first();
    }
  }
  return text.size();
}

// The first digit from `at` on, of any script (look_alikes.h); the text's size if there
// is none.
std::size_t next_digit(std::string_view text, std::size_t at);

// Behind the digits at `at`, all ASCII or one that is not.
std::size_t end_of_digits(std::string_view text, std::size_t at);

}  // namespace noshare::extract
