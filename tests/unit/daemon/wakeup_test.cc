// Slow scans must not keep another connection waiting
// (docs/decisions/0003-libmilter-pool.md).
#include <csignal>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "milter_client.h"
#include "running_daemon.h"

namespace noshare::daemon::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class SlowScans : public ::testing::TestWithParam<bool> {};

// All frames reach the daemon in one round of its poll(), because it stands still
// meanwhile: that is when libmilter gives several connections to one thread.
TEST_P(SlowScans, DelayAnotherConnectionsHeloByLessThanATenthOfASecond) {
  constexpr int kScans = 8;
  RunningDaemon daemon({}, {.inet = GetParam(), .one_processor = true});
  std::vector<std::unique_ptr<MilterClient>> slow;
  for (int i = 0; i < kScans; ++i) {
    slow.push_back(std::make_unique<MilterClient>(daemon.address()));
    slow.back()->connect_and_greet();
    slow.back()->mail("<anna@example.com>", {"<x@else.test>"});
    slow.back()->body("sleep=4000\r\n");
  }
  // A reply to HELO is wanted, so without quiet steps.
  MilterClient other(daemon.address(), MilterClient::kOldProtocol);
  ASSERT_TRUE(other.is_open());
  std::this_thread::sleep_for(milliseconds(300));

  daemon.signal(SIGSTOP);
  std::this_thread::sleep_for(milliseconds(100));
  for (const auto& client : slow) client->send('E');
  other.send('H', std::string("other\0", 6));
  daemon.signal(SIGCONT);
  const auto begin = steady_clock::now();
  EXPECT_EQ(other.receive().command, 'c');
  EXPECT_LT(steady_clock::now() - begin, milliseconds(100));

  for (const auto& client : slow) EXPECT_EQ(client->end_answer(), 'a');
  // Two at a time would take sixteen seconds.
  EXPECT_LT(steady_clock::now() - begin, milliseconds(8000));
  EXPECT_EQ(daemon.log().find("connection_refused"), std::string::npos);
  EXPECT_EQ(daemon.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(Sockets, SlowScans, ::testing::Values(false, true),
                         [](const auto& one) { return one.param ? "Inet" : "Unix"; });

}  // namespace
}  // namespace noshare::daemon::testing
