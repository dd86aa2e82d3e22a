#include "cli/ordered_work.h"

#include <atomic>

#include <gtest/gtest.h>

namespace noshare::cli {
namespace {

TEST(OrderedWork, DeliversInTheOrderOfTheJobsWhoeverIsFaster) {
  std::vector<int> delivered;
  const auto slow_for_even = [](int& job) {
    if (job % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return job;
  };
  {
    OrderedWork<int, int> work({slow_for_even, slow_for_even, slow_for_even},
                               [&](int& result) { delivered.push_back(result); });
    for (int job = 0; job < 100; ++job) work.add(job);
    work.finish();
  }
  ASSERT_EQ(delivered.size(), 100U);
  for (int job = 0; job < 100; ++job)
    EXPECT_EQ(delivered[static_cast<std::size_t>(job)], job);
}

// A driver that writes one line and waits for its answer must get it.
TEST(OrderedWork, DeliversAResultWithoutWaitingForMoreJobs) {
  std::atomic<int> delivered{0};
  OrderedWork<int, int> work({[](int& job) { return job; }}, [&](int&) { ++delivered; });
  for (int job = 1; job <= 3; ++job) {
    work.add(job);
    for (int i = 0; i < 5000 && delivered < job; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(delivered, job);
  }
}

TEST(OrderedWork, EndsWithoutJobs) {
  OrderedWork<int, int> work({[](int& job) { return job; }}, [](int&) { FAIL(); });
}

}  // namespace
}  // namespace noshare::cli
