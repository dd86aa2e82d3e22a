// The daemon over a real socket and a real libmilter; pool and store are fakes.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "milter_client.h"
#include "running_daemon.h"

namespace noshare::daemon::testing {
namespace {

using std::chrono::milliseconds;

constexpr const char* kRefuseCards =
    "rules: [{id: cards, when: {entity: payment_card_number}, then: reject, "
    "reply: \"a card, 100% sure, {masked}; case {case}\"}]\n";

bool mentions(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

char last(const std::vector<Answer>& answers) {
  return answers.empty() ? '\0' : answers.back().command;
}

TEST(Protocol, DeliversCleanMailWithoutAWord) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  ASSERT_TRUE(client.is_open());
  client.connect_and_greet();
  const auto answers = client.message("nothing special\r\n");
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].command, 'a');
  EXPECT_EQ(daemon.stop(), 0);
  EXPECT_TRUE(mentions(daemon.log(), "\"action\":\"deliver\""));
}

TEST(Protocol, RecordsBeforeItRefuses) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  client.connect_and_greet();
  const auto answers = client.message("a card\r\n");
  EXPECT_TRUE(std::filesystem::exists(daemon.folder() / "recorded"));
  ASSERT_EQ(last(answers), 'y');
  EXPECT_TRUE(mentions(answers.back().data, "550 5.7.1 "));
  EXPECT_TRUE(mentions(answers.back().data, "100%% sure"));
  EXPECT_TRUE(mentions(answers.back().data, "NS-TEST0001"));
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, SpeaksWithAMailServerThatWantsAReplyToEachStep) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address(), MilterClient::kOldProtocol);
  ASSERT_TRUE(client.is_open());
  client.connect_and_greet();
  EXPECT_EQ(client.step('M', std::string("<anna@example.com>\0", 19)).command, 'c');
  EXPECT_EQ(client.step('R', std::string("<x@else.test>\0", 14)).command, 'c');
  EXPECT_EQ(client.step('L', std::string("Subject\0test\0", 13)).command, 'c');
  EXPECT_EQ(client.step('B', "a card\r\n").command, 'c');
  EXPECT_EQ(last(client.end()), 'y');
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, ForgetsAMessageAtEachWayItCanEnd) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  client.connect_and_greet();
  for (const char* how : {"abort", "helo", "mail", "answer"}) {
    client.mail("<anna@example.com>", {"<x@else.test>"});
    client.header("Subject", " test");
    client.body("a card\r\n");
    const std::string way = how;
    if (way == "abort") client.send('A');
    if (way == "helo") {
      client.send('A');
      client.step('H', std::string("again\0", 6));
    }
    if (way == "answer") {
      EXPECT_EQ(last(client.end()), 'y');
    }
    const auto answers = client.message("clean\r\n");
    EXPECT_EQ(last(answers), 'a') << "after " << how;
  }
  EXPECT_EQ(daemon.stop(), 0);
}

struct FailureCase {
  const char* name;
  const char* word;
  bool store_fails;
};

class ProtocolFailure : public ::testing::TestWithParam<FailureCase> {};

TEST_P(ProtocolFailure, DefersUnlessToldToDeliver) {
  for (const bool deliver : {false, true}) {
    RunningDaemon daemon(std::string(kRefuseCards) +
                         (deliver ? "on_failure: deliver\n" : "on_failure: defer\n"));
    if (GetParam().store_fails) std::ofstream(daemon.folder() / "store-fails") << "yes";
    MilterClient client(daemon.address());
    client.connect_and_greet();
    const auto answers = client.message(std::string(GetParam().word) + "\r\n");
    if (deliver) {
      EXPECT_EQ(last(answers), 'a');
    } else {
      ASSERT_EQ(last(answers), 'y');
      EXPECT_TRUE(mentions(answers.back().data, "451 4.7.1"));
    }
    EXPECT_TRUE(mentions(daemon.log(), "\"reason\""));
    EXPECT_EQ(last(client.message("clean\r\n")), 'a') << "and the next message is fine";
    EXPECT_EQ(daemon.stop(), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ProtocolFailure,
                         ::testing::Values(FailureCase{"QueueFull", "full", false},
                                           FailureCase{"Exception", "throw", false},
                                           FailureCase{"StoreFails", "card", true}),
                         [](const auto& one) { return one.param.name; });

TEST(Protocol, TellsThatItStillWorks) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  client.connect_and_greet();
  client.mail("<anna@example.com>", {"<x@else.test>"});
  client.body("sleep=1500\r\n");
  client.send('E');
  EXPECT_EQ(client.receive().command, 'p');
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, LeavesTheSessionOpenAfterAPortCheckAndGarbage) {
  RunningDaemon daemon(kRefuseCards);
  connect_to(daemon.address());
  MilterClient garbage(daemon.address(), 0);
  garbage.send_raw("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(garbage.receive().command, '\0');
  MilterClient client(daemon.address());
  client.connect_and_greet();
  EXPECT_EQ(last(client.message("clean\r\n")), 'a');
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, AddsHeadersWithOneSpaceAfterTheColon) {
  RunningDaemon daemon(
      "rules: [{id: note, when: {entity: payment_card_number}, then: tag}]\n");
  MilterClient client(daemon.address());
  client.connect_and_greet();
  const auto answers = client.message("a card\r\n");
  ASSERT_EQ(last(answers), 'a');
  ASSERT_EQ(answers[0].command, 'h');
  EXPECT_TRUE(
      mentions(answers[0].data, std::string("X-Noshare-Verdict\0 tag; rule=note", 33)));
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, IgnoresHangUp) {
  RunningDaemon daemon(kRefuseCards);
  for (int i = 0; i < 50; ++i) {
    daemon.signal(SIGHUP);
    daemon.signal(SIGUSR1);
    daemon.signal(SIGHUP);
  }
  std::this_thread::sleep_for(milliseconds(200));
  MilterClient client(daemon.address());
  client.connect_and_greet();
  EXPECT_EQ(last(client.message("clean\r\n")), 'a');
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Protocol, FinishesWhatRunsBeforeItStops) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  client.connect_and_greet();
  client.mail("<anna@example.com>", {"<x@else.test>"});
  client.body("a card, sleep=800\r\n");
  client.send('E');
  std::this_thread::sleep_for(milliseconds(200));
  daemon.signal(SIGTERM);
  Answer answer;
  do {
    answer = client.receive();
  } while (answer.command == 'p');
  EXPECT_EQ(answer.command, 'y');
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(daemon.folder() / "milter"));
  EXPECT_FALSE(std::filesystem::exists(daemon.folder() / "control"));
}

TEST(Protocol, StopsAfterTheDrainTimeEvenIfAMessageHangs) {
  RunningDaemon daemon(kRefuseCards);
  MilterClient client(daemon.address());
  client.connect_and_greet();
  client.mail("<anna@example.com>", {"<x@else.test>"});  // and then nothing
  const auto transactions = [&] { return daemon.control(R"({"command":"status"})"); };
  while (!mentions(transactions(), "\"transactions\":1")) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(daemon.stop(), 1);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
}

TEST(Protocol, ReloadsOverTheControlSocketOrKeepsTheOld) {
  RunningDaemon daemon(kRefuseCards);
  EXPECT_EQ(daemon.control(R"({"command":"ping"})"), R"({"ok":true})");
  daemon.write_config("rules_: []\n");
  const std::string refused = daemon.control(R"({"command":"reload"})");
  EXPECT_TRUE(mentions(refused, "\"ok\":false") && mentions(refused, "rules_"))
      << refused;
  daemon.write_config("mode: monitor\n");
  EXPECT_TRUE(mentions(daemon.control(R"({"command":"reload"})"), "\"ok\":true"));
  EXPECT_TRUE(
      mentions(daemon.control(R"({"command":"status"})"), "\"mode\":\"monitor\""));
  EXPECT_TRUE(mentions(daemon.control("nonsense"), "\"ok\":false"));
  EXPECT_TRUE(mentions(daemon.control(R"({"command":"stop"})"), "unknown command"));
  EXPECT_EQ(daemon.stop(), 0);
}

}  // namespace
}  // namespace noshare::daemon::testing
