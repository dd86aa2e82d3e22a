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

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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
  Bytes is_alnum() const { return is_any_letter() | is_digit(); }
  Bytes is_least(unsigned char low) const { return Bytes(all_ >= splat(low)); }
  Bytes operator|(Bytes other) const { return Bytes(all_ | other.all_); }
  Bytes operator&(Bytes other) const { return Bytes(all_ & other.all_); }
  Bytes operator!() const { return Bytes(~all_); }
  // Of a comparison's result: bit i is set where byte i holds.
  std::uint32_t bits() const {
#if defined(__SSE2__)
    return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(all_)));
#else
    std::uint32_t result = 0;
    for (unsigned i = 0; i < kCount; ++i) result |= (all_[i] & 1U) << i;
    return result;
#endif
  }
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

inline constexpr std::size_t kBitBlock = 64;

// Bit i is set where `is` holds for the byte `at` + i. `is` takes Bytes; it must not hold
// for NUL, which stands behind the text's end.
template <class Is>
std::uint64_t block_bits(std::string_view text, std::size_t at, const Is& is) {
  std::array<char, kBitBlock> last;
  const char* block = text.data() + at;
  if (text.size() - at < kBitBlock) {
    last.fill('\0');
    text.copy(last.data(), kBitBlock, at);
    block = last.data();
  }
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kBitBlock; i += Bytes::kCount) {
    bits |= std::uint64_t{is(Bytes::at(block + i)).bits()} << i;
  }
  return bits;
}

// True if `bits` has `count` set side by side.
constexpr bool has_row(std::uint64_t bits, unsigned count) {
  unsigned have = 1;
  for (; have * 2 <= count; have *= 2) bits &= bits >> have;
  return (bits & bits >> (count - have)) != 0;
}

// Where a row of `count` bytes that `is` holds for may begin, or a little before: the
// first bytes from `at` on, as many as are certain, in which none begins, are passed.
template <unsigned count, class Is>
std::size_t behind_short_rows(std::string_view text, std::size_t at, const Is& is) {
  // What does not fit in a block's end is seen in the next, which overlaps it.
  constexpr unsigned kHalf = count / 2;
  while (at + kBitBlock <= text.size() && !has_row(block_bits(text, at, is), kHalf)) {
    at += kBitBlock - kHalf + 1;
  }
  return at;
}

// Calls each(begin, end) for all rows of bytes that `is` holds for, in order, until it
// gives false.
template <class Is, class Each>
void each_row(std::string_view text, const Is& is, const Each& each) {
  std::uint64_t before = 0;  // 1: the last block's last byte belongs to a row
  std::size_t begin = 0;     // of that
  for (std::size_t base = 0; base < text.size(); base += kBitBlock) {
    const std::uint64_t bits = block_bits(text, base, is);
    const std::uint64_t shifted = bits << 1U | before;
    std::uint64_t begins = bits & ~shifted;
    for (std::uint64_t ends = ~bits & shifted; ends != 0; ends &= ends - 1) {
      if (before == 0) {
        begin = base + static_cast<std::size_t>(std::countr_zero(begins));
        begins &= begins - 1;
      }
      before = 0;
      if (!each(begin, base + static_cast<std::size_t>(std::countr_zero(ends)))) return;
    }
    if (begins != 0) begin = base + static_cast<std::size_t>(std::countr_zero(begins));
    before = bits >> (kBitBlock - 1);
  }
  if (before != 0) each(begin, text.size());
}

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

// As text.find(word, at), where the first letter of `word` is common: most places are
// told by three of its letters.
template <std::size_t kSize>
std::size_t find_word(std::string_view text, const char (&word)[kSize],
                      std::size_t at = 0) {
  constexpr std::size_t kLast = kSize - 2;  // a NUL stands behind
  constexpr std::size_t kMiddle = kLast / 2;
  static_assert(kMiddle > 0);
  const auto may_begin = [&](const auto& bytes) {
    return bytes(0).is(word[0]) & bytes(kMiddle).is(word[kMiddle]) &
           bytes(kLast).is(word[kLast]);
  };
  for (; at < text.size(); ++at) {
    at = next_place<0, kLast>(text, at, may_begin);
    if (text.substr(std::min(at, text.size())).starts_with(word)) return at;
  }
  return std::string_view::npos;
}

// The first digit from `at` on, of any script (look_alikes.h); the text's size if there
// is none.
std::size_t next_digit(std::string_view text, std::size_t at);

// Behind the digits at `at`, all ASCII or one that is not.
std::size_t end_of_digits(std::string_view text, std::size_t at);

}  // namespace noshare::extract
