// The kernels for SSE2 (every x86-64 processor) and for any other, and the choice among
// them.
#include "detect/block_masks.h"

#include <array>

#include "noshare/base/text.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace noshare::detect {
namespace {

#if defined(__x86_64__)
struct Vector {
  static constexpr std::size_t kBytes = 16;
  static __m128i load(const char* p) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i_u*>(p));
  }
  static __m128i all(int c) { return _mm_set1_epi8(static_cast<char>(c)); }
  static __m128i equals(__m128i v, int c) { return _mm_cmpeq_epi8(v, all(c)); }
  static __m128i either(__m128i a, __m128i b) { return _mm_or_si128(a, b); }
  static __m128i with_bits(__m128i v, int c) { return either(v, all(c)); }
  static __m128i in_range(__m128i v, int first, int last) {
    const __m128i from_first = _mm_sub_epi8(v, all(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(from_first, all(last - first)), from_first);
  }
  static std::uint64_t bits(__m128i v) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(v));
  }
};

#include "detect/block_masks_vector.inc"
#endif

enum ByteClass : std::uint8_t {
  kDigitBit = 1,
  kWordBit = 2,
  kCapitalBit = 4,
  kUpperBit = 8,
  kTokenBit = 16,
  kJointBit = 32,
  kAtBit = 64,
  kHighBit = 128,
};

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    unsigned bits = 0;
    if (is_ascii_digit(c)) bits |= kDigitBit | kUpperBit;
    if (is_ascii_upper(c)) bits |= kCapitalBit | kUpperBit;
    if (is_ascii_alnum(c)) bits |= kTokenBit | kWordBit;
    if (c == '_') bits |= kWordBit;
    if (byte >= 0x80) bits |= kHighBit;
    if (byte >= 0xC3) bits |= kCapitalBit;
    if (c == ':' || c == '-' || c == '.') bits |= kJointBit;
    if (c == '@') bits |= kAtBit;
    classes[byte] = static_cast<std::uint8_t>(bits);
  }
  return classes;
}

constexpr auto kClasses = make_classes();

}  // namespace

void classify_portable(const char* text, std::size_t blocks, BlockMasks* masks) {
  for (std::size_t block = 0; block < blocks; ++block, text += kBlockBytes) {
    BlockMasks out{};
    for (std::size_t i = 0; i < kBlockBytes; ++i) {
      const std::uint64_t bits = kClasses[static_cast<unsigned char>(text[i])];
      out.digit |= (bits & 1) << i;
      out.word |= (bits >> 1 & 1) << i;
      out.capital |= (bits >> 2 & 1) << i;
      out.upper |= (bits >> 3 & 1) << i;
      out.token |= (bits >> 4 & 1) << i;
      out.joint |= (bits >> 5 & 1) << i;
      out.at |= (bits >> 6 & 1) << i;
      out.high |= (bits >> 7) << i;
    }
    masks[block] = out;
  }
}

#if defined(__x86_64__)
void classify_sse2(const char* text, std::size_t blocks, BlockMasks* masks) {
  classify_blocks(text, blocks, masks);
}
#endif

BlockKernel best_kernel() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") ? classify_avx2 : classify_sse2;
#else
  return classify_portable;
#endif
}

const char* name_of(BlockKernel kernel) {
#if defined(__x86_64__)
  if (kernel == classify_avx2) return "avx2";
  if (kernel == classify_sse2) return "sse2";
#endif
  return kernel == classify_portable ? "portable" : "unknown";
}

}  // namespace noshare::detect
