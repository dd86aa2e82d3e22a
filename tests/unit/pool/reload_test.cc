// Generations: start, reload, and what happens when either fails.
#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pool_fixture.h"

namespace noshare::pool {
namespace {

class Reload : public PoolTest {};

TEST_F(Reload, StartSaysWhatIsWrongWithTheConfig) {
  write_config("fail: unknown key 'recipents'\n");
  const auto pool = Pool::start(options_, key_);
  ASSERT_FALSE(pool);
  EXPECT_EQ(pool.error().message,
            options_.config_file.string() + ":1: unknown key 'recipents'");
}

TEST_F(Reload, StartSaysThatTheProgramIsMissing) {
  options_.worker_program = "/nonexistent/noshare-worker";
  const auto pool = Pool::start(options_, key_);
  ASSERT_FALSE(pool);
  EXPECT_NE(pool.error().message.find("No such file"), std::string::npos);
}

TEST_F(Reload, StartGivesUpOnAZygoteThatEnds) {
  write_config("end: yes\n");
  const auto pool = Pool::start(options_, key_);
  ASSERT_FALSE(pool);
  EXPECT_NE(pool.error().message.find("ended before it was ready"), std::string::npos);
}

TEST_F(Reload, StartGivesUpOnAZygoteThatTakesTooLong) {
  write_config("load_ms: 60000\n");
  options_.start_time = Milliseconds(300);
  const auto pool = Pool::start(options_, key_);
  ASSERT_FALSE(pool);
  EXPECT_EQ(pool.error().message, "the workers were not ready within 300 ms");
}

TEST_F(Reload, ANewConfigTakesOver) {
  start();
  write_config("snapshot: v2\n");
  EXPECT_EQ(scan(plain_mail())->snapshot, "v1");  // an edit alone changes nothing
  ASSERT_TRUE(pool_->reload());
  EXPECT_EQ(scan(plain_mail())->snapshot, "v2");
  EXPECT_EQ(pool_->status().generation, 2U);
  EXPECT_EQ(pool_->status().pack_version, "packs-of-v2");
  EXPECT_EQ(pool_->status().deaths, 0U);
}

TEST_F(Reload, ABadConfigChangesNothing) {
  start();
  write_config("fail: nonsense\n");
  const auto reloaded = pool_->reload();
  ASSERT_FALSE(reloaded);
  EXPECT_NE(reloaded.error().message.find("nonsense"), std::string::npos);
  EXPECT_EQ(scan(plain_mail())->snapshot, "v1");
  EXPECT_EQ(pool_->status().generation, 1U);
}

TEST_F(Reload, AMessageInFlightEndsOnTheOldConfig) {
  start();
  std::thread slow([&] {
    const auto report = scan(mail_with_fault("sleep=1"));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->snapshot, "v1");
    EXPECT_EQ(report->message_id, "v1");
    EXPECT_TRUE(report->unreadable.empty());
  });
  ASSERT_TRUE(eventually([&] { return pool_->status().busy == 1; }));
  write_config("snapshot: v2\n");
  ASSERT_TRUE(pool_->reload());
  EXPECT_EQ(scan(plain_mail())->snapshot, "v2");
  slow.join();
}

TEST_F(Reload, UnderLoadLosesNothingAndMixesNothing) {
  start();
  std::atomic<bool> done{false};
  std::atomic<int> served{0};
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&] {
      while (!done.load()) {
        const auto report = scan(plain_mail());
        ASSERT_TRUE(report) << report.error().message;
        ASSERT_TRUE(report->unreadable.empty()) << report->unreadable[0].detail;
        // The worker says which config it holds; the pool says which one it used.
        ASSERT_EQ(report->message_id, report->snapshot);
        ++served;
      }
    });
  }
  std::uint64_t good = 1;
  for (int i = 0; i < 30; ++i) {
    const bool bad = i % 3 == 2;
    write_config(bad ? "fail: half an edit\n" : "snapshot: r" + std::to_string(i) + "\n");
    const bool reloaded = pool_->reload().has_value();
    EXPECT_EQ(reloaded, !bad);
    if (reloaded) ++good;
  }
  done = true;
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(pool_->status().generation, good);
  EXPECT_EQ(pool_->status().deaths, 0U);
  EXPECT_GT(served.load(), 30);
}

}  // namespace
}  // namespace noshare::pool
