// Masks by SSE2, which every x86-64 processor has, or byte by byte; see line_marks.h.
#include "detect/line_marks.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "detect/block_masks.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace noshare::detect {
namespace {

#if defined(__x86_64__)
struct Bytes {
  __m128i first, second, third, fourth;

  static __m128i load(const char* text) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i_u*>(text));
  }
  explicit Bytes(const char* text)
      : first(load(text)),
        second(load(text + 16)),
        third(load(text + 32)),
        fourth(load(text + 48)) {}

  std::uint64_t equal_to(char c) const {
    const __m128i wanted = _mm_set1_epi8(c);
    const auto bits = [&](__m128i bytes) {
      return std::uint64_t{
          static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)))};
    };
    return bits(first) | bits(second) << 16 | bits(third) << 32 | bits(fourth) << 48;
  }
};
#else
struct Bytes {
  const char* text;

  explicit Bytes(const char* bytes) : text(bytes) {}
  std::uint64_t equal_to(char c) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < kBlockBytes; ++i)
      mask |= std::uint64_t{text[i] == c} << i;
    return mask;
  }
};
#endif

}  // namespace

void LineMarks::read_block(std::size_t block) {
  block_ = block;
  std::array<char, kBlockBytes> last{};
  const char* bytes = text_.data() + block * kBlockBytes;
  const std::size_t rest = text_.size() - block * kBlockBytes;
  if (rest < kBlockBytes) {
    std::memcpy(last.data(), bytes, rest);
    bytes = last.data();
  }
  const Bytes here(bytes);
  masks_.newline = here.equal_to('\n');
  masks_.quote = here.equal_to('"');
  masks_.marks = {here.equal_to(kCellMarks[0]), here.equal_to(kCellMarks[1]),
                  here.equal_to(kCellMarks[2]), here.equal_to(kCellMarks[3])};
  masks_.any = masks_.marks[0] | masks_.marks[1] | masks_.marks[2] | masks_.marks[3];
}

bool LineMarks::next(MarkedLine& line) {
  if (at_ >= text_.size()) return false;
  line = {};
  line.begin = static_cast<std::uint32_t>(at_);
  for (bool ended = false; !ended && at_ < text_.size();) {
    const std::size_t block = at_ / kBlockBytes;
    if (block != block_) read_block(block);
    std::uint64_t here = ~low_bits(static_cast<std::uint32_t>(at_ % kBlockBytes));
    const std::uint64_t newline = masks_.newline & here;
    std::size_t end = std::min((block + 1) * kBlockBytes, text_.size());
    ended = newline != 0;
    if (ended) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(newline));
      end = block * kBlockBytes + bit;
      here &= low_bits(bit);
    }
    if ((masks_.any & here) != 0) {
      for (std::size_t i = 0; i < kCellMarks.size(); ++i)
        line.counts[i] +=
            static_cast<std::uint32_t>(std::popcount(masks_.marks[i] & here));
    }
    line.quoted = line.quoted || (masks_.quote & here) != 0;
    line.end = static_cast<std::uint32_t>(end);
    at_ = end + (ended ? 1 : 0);
  }
  return true;
}

}  // namespace noshare::detect
