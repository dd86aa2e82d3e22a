// Each fault costs one message its report and nothing else.
#include <atomic>
#include <string>
#include <thread>

#include "pool_fixture.h"

namespace noshare::pool {
namespace {

using model::UnreadableReason;

struct FaultCase {
  std::string name;
  std::string fault;
  UnreadableReason reason;
  std::string detail;  // its beginning
  int scan_time_ms = 20'000;
};

class WorkerFault : public PoolTest, public testing::WithParamInterface<FaultCase> {};

TEST_P(WorkerFault, CostsOneMessageItsReportAndNothingElse) {
  start();
  const std::uint64_t deaths_before = pool_->status().deaths;
  // A neighbour works all the while.
  std::atomic<bool> done{false};
  std::atomic<int> sound{0};
  std::thread neighbour([&] {
    while (!done.load()) {
      const auto report = scan(plain_mail());
      ASSERT_TRUE(report) << report.error().message;
      ASSERT_TRUE(report->unreadable.empty()) << report->unreadable[0].detail;
      ++sound;
    }
  });
  limits_.scan_time = Milliseconds(GetParam().scan_time_ms);
  const std::string text = mail_with_fault(GetParam().fault);
  const auto report = scan(text);
  const int before = sound.load();
  EXPECT_TRUE(eventually([&] { return sound.load() > before; }));
  done = true;
  neighbour.join();

  ASSERT_TRUE(report) << report.error().message;
  ASSERT_EQ(report->unreadable.size(), 1U);
  EXPECT_EQ(model::name(report->unreadable[0].reason), model::name(GetParam().reason))
      << report->unreadable[0].detail;
  EXPECT_TRUE(report->unreadable[0].detail.starts_with(GetParam().detail))
      << report->unreadable[0].detail;
  EXPECT_EQ(report->bytes, text.size());
  EXPECT_EQ(report->snapshot, "v1");
  EXPECT_FALSE(report->message_fingerprint.is_null());
  EXPECT_TRUE(report->findings.empty());
  EXPECT_EQ(pool_->status().deaths, deaths_before + 1);
  EXPECT_TRUE(eventually([&] { return pool_->status().workers == options_.workers; }));
}

#ifdef NOSHARE_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

INSTANTIATE_TEST_SUITE_P(
    Cases, WorkerFault,
    testing::Values(
        FaultCase{"Crash", "crash", UnreadableReason::kWorkerDied, "signal 11"},
        FaultCase{"Abort", "abort", UnreadableReason::kWorkerDied, "signal 6"},
        FaultCase{"Exit", "exit", UnreadableReason::kWorkerDied, "exit status 7"},
        FaultCase{"Exception", "throw", UnreadableReason::kWorkerDied, "exception"},
        // A sanitizer ends the process in its own way when memory is refused.
        FaultCase{"EatsMemory", "oom", UnreadableReason::kOutOfMemory,
                  kSanitized ? "" : "memory bound reached"},
        FaultCase{"Hang", "hang", UnreadableReason::kTimedOut, "no answer in time", 300},
        FaultCase{"Sleep", "sleep=30", UnreadableReason::kTimedOut, "no answer", 300},
        FaultCase{"SlowDrip", "slow-drip", UnreadableReason::kTimedOut, "no answer", 300},
        FaultCase{"HalfFrame", "half-frame", UnreadableReason::kTimedOut, "no answer",
                  300},
        FaultCase{"Garbage", "garbage", UnreadableReason::kWorkerDied,
                  "answered garbage"},
        FaultCase{"WrongId", "wrong-id", UnreadableReason::kWorkerDied,
                  "answered garbage"},
        FaultCase{"HugeFrame", "huge-frame", UnreadableReason::kWorkerDied,
                  "answered garbage"},
        FaultCase{"SurplusBytes", "surplus-bytes", UnreadableReason::kWorkerDied,
                  "answered garbage"},
        FaultCase{"SurplusDescriptor", "surplus-descriptor",
                  UnreadableReason::kWorkerDied, "answered garbage"}),
    [](const auto& test) { return test.param.name; });

TEST_F(PoolTest, ReportsAnOrdinaryMessage) {
  start();
  const auto report = scan(plain_mail());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->bytes, plain_mail().size());
  EXPECT_EQ(report->snapshot, "v1");
  EXPECT_TRUE(report->unreadable.empty());
  const Status status = pool_->status();
  EXPECT_EQ(status.generation, 1U);
  EXPECT_EQ(status.pack_version, "packs-of-v1");
  EXPECT_EQ(status.deaths, 0U);
  EXPECT_EQ(status.busy, 0U);
}

TEST_F(PoolTest, RedactsIntoASealedFile) {
  start();
  const UniqueFd message = sealed_message(plain_mail());
  const auto redaction = pool_->redact(message.get(), {{}}, limits_, {});
  ASSERT_TRUE(redaction) << redaction.error().message;
  EXPECT_TRUE(redaction->report.possible);
  EXPECT_EQ(redaction->report.masked, 1U);
  const auto body = MappedFile::map(redaction->body.get());
  ASSERT_TRUE(body);
  EXPECT_EQ(body->bytes(), "From: sender@example.com\r\n\r\ntext **\r\n");
  EXPECT_LT(::pwrite(redaction->body.get(), "x", 1, 0), 0);
}

TEST_F(PoolTest, ARedactionThatKillsItsWorkerIsNotPossible) {
  start();
  const UniqueFd message = sealed_message(mail_with_fault("crash"));
  const auto redaction = pool_->redact(message.get(), {{}}, limits_, {});
  ASSERT_TRUE(redaction);
  EXPECT_FALSE(redaction->report.possible);
  EXPECT_EQ(redaction->report.reason, "the worker failed: worker_died, signal 11");
  EXPECT_FALSE(redaction->body);
}

TEST_F(PoolTest, RefusesAMessageThatCouldStillChange) {
  start();
  const UniqueFd message = std::move(*create_memory_file("unsealed"));
  const auto report = pool_->scan(message.get(), limits_, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kInvalidInput);
}

TEST_F(PoolTest, AnEmptyMessageIsAMessage) {
  start();
  const auto report = scan("");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->bytes, 0U);
  EXPECT_TRUE(report->unreadable.empty());
}

}  // namespace
}  // namespace noshare::pool
