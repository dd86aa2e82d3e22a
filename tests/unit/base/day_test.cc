#include "noshare/base/day.h"

#include <gtest/gtest.h>

namespace noshare {
namespace {

TEST(Day, BeginsAtMidnightUtc) {
  EXPECT_EQ(day_begin_us("1970-01-01").value(), 0);
  EXPECT_EQ(day_begin_us("2026-11-24").value(), 1'795'478'400'000'000);
  EXPECT_EQ(day_of(day_begin_us("2024-02-29").value() + kDay_us - 1), "2024-02-29");
}

TEST(Day, ThatIsNotInTheCalendarIsRefused) {
  for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-11-24T", "24.11.2026",
                           "2026-1-1", "2026-11-2x", "-026-11-24", "today"}) {
    EXPECT_FALSE(day_begin_us(text)) << text;
  }
}

}  // namespace
}  // namespace noshare
