// Skipping: finds the few places of a text at which a disguise may begin.
//
// In:  any bytes     Out: where to look on; other text is passed many bytes at a time
// What each view asks of such a place is its own business: here it is bytes and digits.
#pragma once

#include <algorithm>
#include <array>
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
  void put(char* out) const { std::memcpy(out, &all_, kCount); }

 private:
  using All = std::uint8_t __attribute__((vector_size(16)));
  Bytes() = default;
  template <class Other>
  explicit Bytes(Other all) : all_(reinterpret_cast<All>(all)) {}
  static All splat(unsigned char c) {
    return All{c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
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
    std::array<char, kBlock> found;
    std::array<std::uint64_t, kBlock / 8> words;
    for (std::size_t i = 0; i < kBlock; i += Bytes::kCount) {
      is([&](std::ptrdiff_t offset) {
        return Bytes::at(block + static_cast<std::ptrdiff_t>(i) + offset);
      }).put(found.data() + i);
    }
    std::memcpy(words.data(), found.data(), kBlock);
    std::uint64_t any = 0;
    for (const std::uint64_t word : words) any |= word;
    if (any == 0) continue;
    return at + static_cast<std::size_t>(std::find_if(found.begin(), found.end(),
                                                      [](char c) { return c != 0; }) -
                                         found.begin());
  }
  return text.size();
}

// The first digit from `at` on, of any script (look_alikes.h); the text's size if there
// is none.
std::size_t next_digit(std::string_view text, std::size_t at);

// Behind the digits at `at`, all ASCII or one that is not.
std::size_t end_of_digits(std::string_view text, std::size_t at);

}  // namespace noshare::extract
