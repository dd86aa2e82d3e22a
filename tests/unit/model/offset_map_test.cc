#include "noshare/model/offset_map.h"

#include <gtest/gtest.h>

namespace noshare::model {
namespace {

TEST(OffsetMap, IsTheIdentityWhenEmpty) {
  const OffsetMap map;
  EXPECT_EQ(map.source_begin(7), 7U);
  EXPECT_EQ(map.source_end(7), 7U);
}

// Source "4111<zero-width, 3 bytes>1111", text "41111111".
TEST(OffsetMap, SkipsRemovedBytes) {
  OffsetMap map;
  map.add(0, 0);
  map.add(4, 7);
  map.add(8, 11);
  EXPECT_EQ(map.runs().size(), 2U);  // the closing run goes on where the second ended
  EXPECT_EQ(map.source_begin(0), 0U);
  EXPECT_EQ(map.source_end(4), 4U);    // a span that ends before the gap excludes it
  EXPECT_EQ(map.source_begin(4), 7U);  // one that starts behind it, too
  EXPECT_EQ(map.source_end(8), 11U);
}

// Source "x&#8364;y", text "x\xE2\x82\xACy": three bytes stand for one entity.
TEST(OffsetMap, TakesAReplacementAsAWhole) {
  OffsetMap map;
  map.add(0, 0);
  map.add(1, 1, false);
  map.add(4, 8);
  EXPECT_EQ(map.source_begin(1), 1U);
  EXPECT_EQ(map.source_begin(3), 1U);
  EXPECT_EQ(map.source_end(4), 8U);
  EXPECT_EQ(map.source_end(5), 9U);
}

TEST(OffsetMap, EndsAReplacementAtTheClosingRun) {
  OffsetMap map;
  map.add(0, 0, false);
  map.add(1, 5);
  EXPECT_EQ(map.source_end(1), 5U);
}

}  // namespace
}  // namespace noshare::model
