// Waiting for a worker: in order, not for ever, and not for a client that has gone.
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "pool_fixture.h"

namespace noshare::pool {
namespace {

class Queue : public PoolTest {
 protected:
  Queue() { options_.workers = 1; }

  // Occupies the only worker for so long.
  std::thread occupy(const std::string& seconds) {
    std::thread thread(
        [this, seconds] { EXPECT_TRUE(scan(mail_with_fault("sleep=" + seconds))); });
    EXPECT_TRUE(eventually([&] { return pool_->status().busy == 1; }));
    return thread;
  }
};

TEST_F(Queue, RefusesAtOnceWhenItIsFull) {
  options_.max_queue = 1;
  start();
  std::thread busy = occupy("1");
  std::thread waits([&] { EXPECT_TRUE(scan(plain_mail())); });
  ASSERT_TRUE(eventually([&] { return pool_->status().waiting == 1; }));
  const auto begin = SteadyClock::now();
  const auto refused = scan(plain_mail());
  EXPECT_LT(SteadyClock::now() - begin, Milliseconds(500));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kLimit);
  busy.join();
  waits.join();
}

TEST_F(Queue, GivesUpAfterQueueTime) {
  options_.queue_time = Milliseconds(200);
  start();
  std::thread busy = occupy("1.5");
  const auto refused = scan(plain_mail());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTimeout);
  EXPECT_EQ(pool_->status().waiting, 0U);
  busy.join();
  EXPECT_TRUE(scan(plain_mail()));
}

TEST_F(Queue, ServesInTheOrderOfAsking) {
  start();
  std::thread busy = occupy("0.5");
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(scan(mail_with_fault("sleep=0.05")));
      const std::lock_guard<std::mutex> lock(mutex);
      order.push_back(i);
    });
    ASSERT_TRUE(eventually([&] { return pool_->status().waiting == i + 1; }));
  }
  for (std::thread& thread : threads) thread.join();
  busy.join();
  EXPECT_EQ(order, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
}

TEST_F(Queue, TellsTheCallerAgainAndAgainThatWorkGoesOn) {
  start();
  std::atomic<int> waiter_calls{0};
  int worker_calls = 0;
  std::thread waits;
  const UniqueFd slow = sealed_message(mail_with_fault("sleep=2.5"));
  const UniqueFd quick = sealed_message(plain_mail());
  const auto caller = std::this_thread::get_id();
  const std::function<bool()> worker_tick = [&] {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    if (worker_calls++ == 0) {
      waits = std::thread([&] {
        EXPECT_TRUE(pool_->scan(quick.get(), limits_, [&] {
          ++waiter_calls;
          return true;
        }));
      });
    }
    return true;
  };
  EXPECT_TRUE(pool_->scan(slow.get(), limits_, worker_tick));
  waits.join();
  EXPECT_GE(worker_calls, 3);  // twice a second, on a machine that has time for it
  EXPECT_LE(worker_calls, 5);
  EXPECT_GE(waiter_calls.load(), 1);  // the waiter begins a tick later and waits as long
  EXPECT_LE(waiter_calls.load(), 3);
}

TEST_F(Queue, AClientThatGoesFreesItsWorkerWithinASecondOrTwo) {
  start();
  const UniqueFd slow = sealed_message(mail_with_fault("sleep=60"));
  const auto begin = SteadyClock::now();
  const auto report = pool_->scan(slow.get(), limits_, [] { return false; });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(scan(plain_mail()));
  EXPECT_LT(SteadyClock::now() - begin, Milliseconds(2000) * kSlowness);
}

TEST_F(Queue, AClientThatGoesLeavesTheLine) {
  start();
  std::thread busy = occupy("3");
  const UniqueFd message = sealed_message(plain_mail());
  const auto report = pool_->scan(message.get(), limits_, [] { return false; });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(pool_->status().waiting, 0U);
  busy.join();
}

}  // namespace
}  // namespace noshare::pool
