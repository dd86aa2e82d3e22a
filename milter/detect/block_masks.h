// Sixty-four bytes of text as bit masks, bit i for byte i: what the first pass looks at.
//
// The kernels differ in the instructions they use, never in their answer. None reads
// beyond the blocks it is given.
#pragma once

#include <cstddef>
#include <cstdint>

namespace noshare::detect {

inline constexpr std::size_t kBlockBytes = 64;

struct BlockMasks {
  std::uint64_t digit;    // 0-9
  std::uint64_t word;     // A-Z, a-z, 0-9, '_'
  std::uint64_t high;     // bytes from 0x80 on: pieces of other characters
  std::uint64_t capital;  // A-Z and bytes from 0xC3 on (lead bytes of most capitals)
  std::uint64_t upper;    // A-Z and 0-9
  std::uint64_t token;    // A-Z, a-z, 0-9
  std::uint64_t joint;    // ':', '-' and '.'
  std::uint64_t at;       // '@'
};

// A mask of the first `count` bytes.
constexpr std::uint64_t low_bits(std::uint32_t count) {
  return count >= kBlockBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

using BlockKernel = void (*)(const char* text, std::size_t blocks, BlockMasks* masks);

void classify_portable(const char* text, std::size_t blocks, BlockMasks* masks);
#if defined(__x86_64__)
void classify_sse2(const char* text, std::size_t blocks, BlockMasks* masks);
void classify_avx2(const char* text, std::size_t blocks, BlockMasks* masks);
#endif

// The fastest kernel that this processor can run.
BlockKernel best_kernel();
const char* name_of(BlockKernel kernel);

}  // namespace noshare::detect
