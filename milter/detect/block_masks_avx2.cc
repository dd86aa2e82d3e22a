// The kernel for AVX2: two vectors a block. This file alone is compiled with -mavx2, and
// includes nothing that other files could share inline code of.
#if defined(__x86_64__)
#include <immintrin.h>

#include "detect/block_masks.h"

namespace noshare::detect {
namespace {

struct Vector {
  static constexpr std::size_t kBytes = 32;
  static __m256i load(const char* p) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(p));
  }
  static __m256i all(int c) { return _mm256_set1_epi8(static_cast<char>(c)); }
  static __m256i equals(__m256i v, int c) { return _mm256_cmpeq_epi8(v, all(c)); }
  static __m256i either(__m256i a, __m256i b) { return _mm256_or_si256(a, b); }
  static __m256i with_bits(__m256i v, int c) { return either(v, all(c)); }
  static __m256i in_range(__m256i v, int first, int last) {
    const __m256i from_first = _mm256_sub_epi8(v, all(first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, all(last - first)), from_first);
  }
  static std::uint64_t bits(__m256i v) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(v));
  }
};

#include "detect/block_masks_vector.inc"

}  // namespace

void classify_avx2(const char* text, std::size_t blocks, BlockMasks* masks) {
  classify_blocks(text, blocks, masks);
}

}  // namespace noshare::detect
#endif
