// What a worker cannot do, tried from inside one.
#include <csignal>
#include <string>

#include "pool_fixture.h"

namespace noshare::pool {
namespace {

struct AttemptCase {
  std::string name;
  std::string attempt;
  std::string answer;  // "open: EPERM"; empty: the attempt ends the worker
};

class Sandbox : public PoolTest, public testing::WithParamInterface<AttemptCase> {};

TEST_P(Sandbox, Refuses) {
  start();
  const auto report = scan(mail_with_fault("try-" + GetParam().attempt));
  ASSERT_TRUE(report) << report.error().message;
  if (GetParam().answer.empty()) {
    ASSERT_EQ(report->unreadable.size(), 1U) << report->message_id;
    EXPECT_EQ(report->unreadable[0].detail, "signal " + std::to_string(SIGSYS));
  } else {
    EXPECT_EQ(report->message_id, GetParam().answer);
    EXPECT_TRUE(report->unreadable.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Attempts, Sandbox,
    testing::Values(
        AttemptCase{"OpeningAFile", "open", "open: EPERM"},
        AttemptCase{"CreatingAFile", "create", "create: EPERM"},
        AttemptCase{"LookingAtAFile", "stat", "stat: EPERM"},
        AttemptCase{"ASocket", "socket", "socket: EPERM"},
        AttemptCase{"Connecting", "connect", "connect: EPERM"},
        AttemptCase{"AProcess", "fork", "fork: EPERM"},
        AttemptCase{"AThread", "thread", "thread: EPERM"},
        AttemptCase{"NewCode", "map-code", "map-code: EPERM"},
        AttemptCase{"InheritedDescriptors", "descriptors", "descriptors: EBADF"},
        AttemptCase{"ChangingTheMessage", "write-message", "write-message: EPERM"},
        AttemptCase{"RaisingLimits", "setrlimit", "setrlimit: EPERM"},
        AttemptCase{"AProgram", "exec", ""}, AttemptCase{"Tracing", "ptrace", ""},
        AttemptCase{"KillingOthers", "kill", ""}),
    [](const auto& test) { return test.param.name; });

TEST_F(PoolTest, AWorkerDoesNotSeeTheKeyOfItsDaemonInArgumentsOrEnvironment) {
  start();
  const int pid = pool_->status().worker_pids.at(0);
  for (const char* file : {"/cmdline", "/environ"}) {
    // Only root may read the environment of a process that cannot be dumped.
    const auto text = read_file("/proc/" + std::to_string(pid) + file);
    if (!text) continue;
    EXPECT_EQ(text->find(key_.bytes()), std::string::npos);
  }
}

std::string status_line(int pid, const std::string& key) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/status");
  if (!text) return "unreadable";
  const std::size_t begin = text->find("\n" + key + ":\t");
  if (begin == std::string::npos) return "missing";
  const std::size_t value = begin + key.size() + 3;
  return text->substr(value, text->find('\n', value) - value);
}

TEST_F(PoolTest, AWorkerHasNoPrivileges) {
  start();
  const int pid = pool_->status().worker_pids.at(0);
  EXPECT_EQ(status_line(pid, "NoNewPrivs"), "1");
  EXPECT_EQ(status_line(pid, "Seccomp"), "2");  // filter mode, proc(5)
  EXPECT_EQ(status_line(pid, "CapEff"), "0000000000000000");
  EXPECT_EQ(status_line(pid, "CapPrm"), "0000000000000000");
  EXPECT_NE(status_line(pid, "Uid").substr(0, 2), "0\t");
}

}  // namespace
}  // namespace noshare::pool
