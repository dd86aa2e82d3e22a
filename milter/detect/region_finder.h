// The first pass: one look at every byte, for the few places that are worth a second.
//
// In:  text, and which landmarks anybody asked for     Out: their runs, in order of place
// Any bytes give an answer.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "detect/block_masks.h"
#include "detect/requirement.h"

namespace noshare::detect {

struct RegionWants {
  // Per Landmark: runs of at least so many bytes of its set; 0: not wanted.
  std::array<std::uint32_t, kLandmarkCount> least_run{};
  bool capital_words = false;
};

struct Regions {
  std::array<std::vector<model::Span>, kLandmarkCount> runs;
  // Neighbouring words that begin with a capital: from the first's beginning to the
  // second's. Also a small word of names and the capital behind it: "de Vries".
  std::vector<model::Span> capital_pairs;
  // Bit i of bits[b] belongs to byte 64 b + i. One block more than the text has.
  struct Bits {
    std::uint64_t word = 0;   // letters, digits and '_' of ASCII
    std::uint64_t digit = 0;  // 0-9
    std::uint64_t upper = 0;  // A-Z and 0-9
  };
  std::vector<Bits> bits;
  bool ascii = true;
};

void find_regions(std::string_view text, const RegionWants& wants, BlockKernel kernel,
                  Regions& regions);

}  // namespace noshare::detect
