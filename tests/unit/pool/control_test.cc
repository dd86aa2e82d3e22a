#include "noshare/pool/control.h"

#include <string>

#include <gtest/gtest.h>

#include "pool/backoff.h"
#include "pool/fault.h"

namespace noshare::pool {
namespace {

ControlMessage full_message() {
  ControlMessage message;
  message.kind = ControlKind::kExited;
  message.worker = 1ULL << 40U;
  message.pid = 4711;
  message.wait_status = -1;
  message.memory_kib = 12;
  message.memory_bound_kib = 34;
  message.text = "why";
  message.snapshot = "config-packs";
  message.pack_version = "packs";
  message.sandbox = "seccomp";
  return message;
}

TEST(Control, ReadsWhatItWrote) {
  const auto read = decode_control_message(encode(full_message()));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), encode(full_message()));
  EXPECT_EQ(read->worker, 1ULL << 40U);
  EXPECT_EQ(read->wait_status, -1);
  EXPECT_EQ(read->text, "why");
}

TEST(Control, RefusesEveryOtherLength) {
  const std::string whole = encode(full_message());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_control_message(whole.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_control_message(whole + "x"));
}

TEST(Control, RefusesUnknownKinds) {
  std::string bytes = encode(full_message());
  bytes[0] = '\x7F';
  EXPECT_FALSE(decode_control_message(bytes));
  bytes[0] = '\0';
  EXPECT_FALSE(decode_control_message(bytes));
}

TEST(Control, NumbersTravelBeforeThePayload) {
  const std::string frame = numbered(0x0102030405060708ULL, "payload");
  const auto split = split_number(frame);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->id, 0x0102030405060708ULL);
  EXPECT_EQ(split->payload, "payload");
  EXPECT_FALSE(split_number("short"));
}

TEST(Backoff, StartsAtNothingAndIsBounded) {
  EXPECT_EQ(backoff(0).count(), 0);
  EXPECT_EQ(backoff(1).count(), 100);
  EXPECT_EQ(backoff(2).count(), 200);
  EXPECT_EQ(backoff(1000).count(), 10'000);
}

struct EndingCase {
  std::string name;
  Outcome outcome;
  Ending ending;
  model::UnreadableReason reason;
  std::string detail;
};

class HowAWorkerEnded : public testing::TestWithParam<EndingCase> {};

TEST_P(HowAWorkerEnded, DecidesTheReason) {
  const auto unreadable = unreadable_for(GetParam().outcome, GetParam().ending);
  EXPECT_EQ(unreadable.reason, GetParam().reason);
  EXPECT_EQ(unreadable.detail, GetParam().detail);
  EXPECT_EQ(unreadable.part, "");
}

using Reason = model::UnreadableReason;
INSTANTIATE_TEST_SUITE_P(Cases, HowAWorkerEnded,
                         testing::Values(EndingCase{"Signal",
                                                    Outcome::kEnded,
                                                    {11, 0, 1000},
                                                    Reason::kWorkerDied,
                                                    "signal 11"},
                                         EndingCase{"SignalWithMemoryUsedUp",
                                                    Outcome::kEnded,
                                                    {9, 800, 1000},
                                                    Reason::kOutOfMemory,
                                                    "signal 9"},
                                         EndingCase{"OwnDecision",
                                                    Outcome::kEnded,
                                                    {kExitOutOfMemory << 8, 0, 1000},
                                                    Reason::kOutOfMemory,
                                                    "memory bound reached"},
                                         EndingCase{"ExitStatus",
                                                    Outcome::kEnded,
                                                    {7 << 8, 0, 1000},
                                                    Reason::kWorkerDied,
                                                    "exit status 7"},
                                         EndingCase{"NobodyKnows",
                                                    Outcome::kEnded,
                                                    {-1, 0, 0},
                                                    Reason::kWorkerDied,
                                                    "ended together with its zygote"},
                                         EndingCase{"Silence",
                                                    Outcome::kTimedOut,
                                                    {9, 0, 1000},
                                                    Reason::kTimedOut,
                                                    "no answer in time"},
                                         EndingCase{"Garbage",
                                                    Outcome::kGarbage,
                                                    {9, 0, 1000},
                                                    Reason::kWorkerDied,
                                                    "answered garbage"}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace noshare::pool
