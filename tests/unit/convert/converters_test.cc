// A converter that crashes, hangs or eats memory costs the file and no more; and what it
// cannot do, tried from inside one.
#include "noshare/convert/converters.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/files.h"

namespace noshare::convert {
namespace {

using extract::ConverterKind;
using extract::Found;
using extract::FoundKind;
using model::UnreadableReason;

Options faulty() {
  Options options;
  options.programs[0] = companion_program("faulty-converter");
  options.limits.converter_time = Milliseconds(20'000);
  options.limits.converter_memory = 256ULL << 20U;
  return options;
}

std::vector<Found> ask(Converters& converters, const std::string& file,
                       std::uint64_t bytes = 1ULL << 30U) {
  return converters.convert(ConverterKind::kPdf, file, {Deadline::never(), bytes});
}

// The texts, and the reason of each fault in braces.
std::string told(const std::vector<Found>& found) {
  std::string text;
  for (const Found& one : found) {
    if (!text.empty()) text += ' ';
    if (one.kind == FoundKind::kText) text += one.bytes;
    if (one.kind == FoundKind::kFile) text += one.name;
    if (one.kind == FoundKind::kUnreadable) {
      text += "{" + std::string(model::name(one.reason)) + "}";
    }
  }
  return text;
}

struct EndCase {
  std::string name;
  std::string word;
  std::string told;
};
class Ends : public testing::TestWithParam<EndCase> {};

TEST_P(Ends, LoseTheRestOfTheFileAndNothingElse) {
  Options options = faulty();
  options.limits.converter_time = Milliseconds(3'000);
  Converters converters(options);
  EXPECT_EQ(told(ask(converters, "echo one\n" + GetParam().word + "\necho two")),
            "one {" + GetParam().told + "}");
  EXPECT_EQ(told(ask(converters, "echo three")), "three");
}

INSTANTIATE_TEST_SUITE_P(OfAConverter, Ends,
                         testing::Values(EndCase{"ACrash", "crash", "worker_died"},
                                         EndCase{"AnAbort", "abort", "worker_died"},
                                         EndCase{"AnException", "throw", "worker_died"},
                                         EndCase{"EndlessWork", "hang", "timed_out"},
                                         EndCase{"EndlessWaiting", "sleep", "timed_out"}),
                         [](const auto& test) { return test.param.name; });

#ifndef NOSHARE_SANITIZED  // whose allocators end the process in their own way
INSTANTIATE_TEST_SUITE_P(OfMemory, Ends,
                         testing::Values(EndCase{"BitByBit", "memory", "out_of_memory"},
                                         EndCase{"AtOnce", "refused-memory",
                                                 "out_of_memory"}),
                         [](const auto& test) { return test.param.name; });
#endif

struct AttemptCase {
  std::string name;
  std::string attempt;
  std::string told;
};
class Attempts : public testing::TestWithParam<AttemptCase> {};

TEST_P(Attempts, AreRefused) {
  Converters converters(faulty());
  EXPECT_EQ(told(ask(converters, "try-" + GetParam().attempt)), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    FromAConverter, Attempts,
    testing::Values(AttemptCase{"OpeningAFile", "open", "open: EPERM"},
                    AttemptCase{"CreatingAFile", "create", "create: EPERM"},
                    AttemptCase{"LookingAtAFile", "stat", "stat: EPERM"},
                    AttemptCase{"ASocket", "socket", "socket: EPERM"},
                    AttemptCase{"ASocketPair", "socketpair", "socketpair: EPERM"},
                    AttemptCase{"AFileInMemory", "memory-file", "memory-file: EPERM"},
                    AttemptCase{"Connecting", "connect", "connect: EPERM"},
                    AttemptCase{"AProcess", "fork", "fork: EPERM"},
                    AttemptCase{"AThread", "thread", "thread: EPERM"},
                    AttemptCase{"NewCode", "map-code", "map-code: EPERM"},
                    AttemptCase{"InheritedDescriptors", "descriptors",
                                "descriptors: EBADF"},
                    AttemptCase{"ChangingTheFile", "write-message", "{worker_died}"},
                    AttemptCase{"RaisingLimits", "setrlimit", "setrlimit: EPERM"},
                    AttemptCase{"AProgram", "exec", "{worker_died}"},
                    AttemptCase{"Tracing", "ptrace", "{worker_died}"},
                    AttemptCase{"KillingOthers", "kill", "{worker_died}"}),
    [](const auto& test) { return test.param.name; });

TEST(Converters, GiveFilesAsWellAsTexts) {
  Converters converters(faulty());
  const auto found = ask(converters, "echo one\nfile a.bin\necho two");
  EXPECT_EQ(told(found), "one a.bin two");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1].bytes.size(), 1U << 20U);
}

TEST(Converters, StopAtTheBudgetOfBytes) {
  Converters converters(faulty());
  const auto found = ask(converters, "many", 4U << 20U);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().reason, UnreadableReason::kTooLarge);
  EXPECT_LE(found.size(), 6U);
}

TEST(Converters, OfAKindThatIsNotInstalledAreNotOffered) {
  Converters converters(faulty());
  EXPECT_TRUE(converters.offers(ConverterKind::kPdf));
  EXPECT_FALSE(converters.offers(ConverterKind::kImage));
  EXPECT_TRUE(converters.convert(ConverterKind::kImage, "x", {}).empty());
}

TEST(Converters, ServeSeveralThreads) {
  Converters converters(faulty());
  std::array<std::string, 4> answers;
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) {
      threads.emplace_back([&] { answer = told(ask(converters, "echo x\ncrash")); });
    }
  }
  for (const std::string& answer : answers) EXPECT_EQ(answer, "x {worker_died}");
}

TEST(Converters, WhoseServerWasKilledAreStartedAnew) {
  Converters converters(faulty());
  EXPECT_EQ(told(ask(converters, "echo one")), "one");
  const auto children =
      read_file("/proc/self/task/" + std::to_string(::gettid()) + "/children");
  ASSERT_TRUE(children);
  const pid_t server = std::stoi(*children);
  ::kill(server, SIGKILL);
  siginfo_t ended{};
  ::waitid(P_PID, static_cast<id_t>(server), &ended, WEXITED | WNOWAIT);
  EXPECT_EQ(told(ask(converters, "echo two")), "two");
}

// As a worker does: only the descriptors are left to it.
TEST(Converters, AnswerAForkedChild) {
  Converters converters(faulty());
  converters.start();
  ASSERT_EQ(converters.descriptors().size(), 1U);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(told(ask(converters, "echo hello")) == "hello" ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

std::string status_line(pid_t pid, const std::string& key) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/status");
  if (!text) return "unreadable";
  const std::size_t begin = text->find("\n" + key + ":\t");
  if (begin == std::string::npos) return "missing";
  const std::size_t value = begin + key.size() + 3;
  return text->substr(value, text->find('\n', value) - value);
}

TEST(Converters, HaveNoPrivileges) {
  Converters converters(faulty());
  EXPECT_EQ(told(ask(converters, "echo one")), "one");
  const auto children =
      read_file("/proc/self/task/" + std::to_string(::gettid()) + "/children");
  ASSERT_TRUE(children);
  const pid_t server = std::stoi(*children);
  EXPECT_EQ(status_line(server, "NoNewPrivs"), "1");
  EXPECT_EQ(status_line(server, "CapEff"), "0000000000000000");
  EXPECT_NE(status_line(server, "Uid").substr(0, 2), "0\t");
  EXPECT_EQ(status_line(server, "Threads"), "1");
}

TEST(Converters, LeaveWithTheirClient) {
  pid_t server = 0;
  {
    Converters converters(faulty());
    converters.start();
    const auto children =
        read_file("/proc/self/task/" + std::to_string(::gettid()) + "/children");
    ASSERT_TRUE(children);
    server = std::stoi(*children);
  }
  EXPECT_NE(::kill(server, 0), 0);
}

}  // namespace
}  // namespace noshare::convert
