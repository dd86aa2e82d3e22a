// How long to wait after `failures` in a row: not at all, then 0.1 s doubling up to 10 s.
#pragma once

#include <algorithm>
#include <cstdint>

#include "noshare/base/clock.h"

namespace noshare::pool {

inline Milliseconds backoff(std::uint32_t failures) {
  constexpr Milliseconds kMost{10'000};
  constexpr std::uint32_t kEnoughDoublings = 7;  // 0.1 s << 7 is beyond kMost
  if (failures == 0) return Milliseconds(0);
  return std::min(kMost,
                  Milliseconds(100) * (1 << std::min(failures - 1, kEnoughDoublings)));
}

}  // namespace noshare::pool
