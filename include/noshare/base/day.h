// Days, "2026-11-24", UTC: what people name spans of time by.
#pragma once

#include <cstdint>
#include <string>

#include "noshare/base/result.h"

namespace noshare {

inline constexpr std::int64_t kDay_us = 86'400LL * 1'000'000;

// When it begins, microseconds since 1970. Errors: kInvalidInput if it is no day.
Result<std::int64_t> day_begin_us(const std::string& day);
// The day of a time.
std::string day_of(std::int64_t unix_us);

}  // namespace noshare
