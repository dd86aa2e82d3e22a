// Processes killed from outside, again and again.
#include <atomic>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "pool_fixture.h"

namespace noshare::pool {
namespace {

class Killed : public PoolTest {
 protected:
  // The zygote is the parent of every worker.
  static int parent_of(int pid) {
    const auto text = read_file("/proc/" + std::to_string(pid) + "/status");
    if (!text) return 0;
    return std::atoi(text->c_str() + text->find("\nPPid:\t") + 7);
  }
};

TEST_F(Killed, AWorkerAtRestIsReplacedAndCostsNothing) {
  start();
  ASSERT_TRUE(eventually([&] { return pool_->status().workers == 2; }));
  for (const int pid : pool_->status().worker_pids) ::kill(pid, SIGKILL);
  const auto report = scan(plain_mail());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->unreadable.empty());
  EXPECT_TRUE(eventually([&] {
    const Status status = pool_->status();
    return status.workers == 2 && status.deaths == 2;
  }));
}

TEST_F(Killed, AWorkerIsReplacedWithinMilliseconds) {
  options_.workers = 1;
  start();
  ASSERT_TRUE(scan(mail_with_fault("crash")));
  const auto begin = SteadyClock::now();
  const auto report = scan(plain_mail());
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->unreadable.empty());
  EXPECT_LT(SteadyClock::now() - begin, Milliseconds(250) * kSlowness);
}

TEST_F(Killed, TwoHundredTimesUnderLoadEachCostsAtMostOneMessage) {
  start();
  constexpr int kKills = 200;
  std::atomic<bool> done{false};
  std::atomic<int> served{0};
  std::atomic<int> lost{0};
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&] {
      while (!done.load()) {
        const auto report = scan(plain_mail());
        ASSERT_TRUE(report) << report.error().message;
        if (report->unreadable.empty()) {
          ++served;
        } else {
          ASSERT_EQ(report->unreadable[0].reason, model::UnreadableReason::kWorkerDied);
          ++lost;
        }
      }
    });
  }
  int kills = 0;
  const Deadline deadline = Deadline::after(Milliseconds(60'000));
  while (kills < kKills && !deadline.expired()) {
    const Status status = pool_->status();
    if (!status.worker_pids.empty() && ::kill(status.worker_pids.back(), SIGKILL) == 0) {
      ++kills;
    }
    std::this_thread::sleep_for(Milliseconds(3));
  }
  EXPECT_TRUE(eventually([&] { return served.load() > kills; }));
  done = true;
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(kills, kKills);
  EXPECT_LE(lost.load(), kills);
  EXPECT_TRUE(eventually([&] { return pool_->status().workers == options_.workers; }));
}

TEST_F(Killed, AZygoteIsReplacedByOneOfTheSameConfig) {
  start();
  write_config("snapshot: edited but never reloaded\n");
  const int zygote = parent_of(pool_->status().worker_pids.at(0));
  ASSERT_GT(zygote, 1);
  ASSERT_EQ(::kill(zygote, SIGKILL), 0);
  EXPECT_TRUE(eventually([&] { return pool_->status().generation == 2; }));
  const auto report = scan(plain_mail());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->unreadable.empty());
  EXPECT_EQ(report->snapshot, "v1");
}

TEST_F(Killed, AZygotesDeathCostsTheMessagesInItsWorkersOnly) {
  start();
  std::thread busy([&] {
    const auto report = scan(mail_with_fault("sleep=30"));
    ASSERT_TRUE(report);
    ASSERT_EQ(report->unreadable.size(), 1U);
    EXPECT_EQ(report->unreadable[0].reason, model::UnreadableReason::kWorkerDied);
  });
  ASSERT_TRUE(eventually([&] { return pool_->status().busy == 1; }));
  ASSERT_EQ(::kill(parent_of(pool_->status().worker_pids.at(0)), SIGKILL), 0);
  busy.join();
  const auto report = scan(plain_mail());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->unreadable.empty());
}

TEST_F(Killed, NothingIsLeftBehindByAPool) {
  start();
  const std::vector<int> pids = pool_->status().worker_pids;
  const int zygote = parent_of(pids.at(0));
  pool_.reset();
  EXPECT_TRUE(eventually([&] {
    bool gone = ::kill(zygote, 0) != 0;
    for (const int pid : pids) gone = gone && ::kill(pid, 0) != 0;
    return gone;
  }));
}

}  // namespace
}  // namespace noshare::pool
