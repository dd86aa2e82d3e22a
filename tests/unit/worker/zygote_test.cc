// The zygote's side of the conversation: a test plays the pool.
#include "pool/zygote.h"

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "noshare/base/files.h"
#include "noshare/model/wire.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"

namespace noshare::worker {
namespace {

using pool::ControlKind;

class ZygoteProcess : public testing::Test {
 protected:
  void start(const std::string& config) {
    pool::Options options;
    options.worker_program =
        std::filesystem::path(NOSHARE_BIN_DIR).parent_path() / "tests" / "plain-worker";
    options.config_file = "test.conf";
    auto zygote = pool::Zygote::spawn(options, config, FingerprintKey::random());
    ASSERT_TRUE(zygote) << zygote.error().message;
    zygote_ = std::make_unique<pool::Zygote>(std::move(*zygote));
  }

  pool::Zygote::Received next() {
    pollfd entry{zygote_->control(), POLLIN, 0};
    EXPECT_EQ(::poll(&entry, 1, 30'000), 1) << "the zygote says nothing";
    auto received = zygote_->receive();
    EXPECT_TRUE(received);
    return received ? std::move(*received) : pool::Zygote::Received{};
  }

  // A worker's socket, after the zygote has told of it.
  UniqueFd fork_one(std::uint64_t number) {
    auto ends = pool::create_socket_pair(SOCK_STREAM);
    EXPECT_TRUE(ends);
    EXPECT_TRUE(zygote_->fork_worker(number, ends->theirs));
    forked_ = next();
    EXPECT_EQ(forked_.message.kind, ControlKind::kForked);
    EXPECT_EQ(forked_.message.worker, number);
    EXPECT_TRUE(forked_.process);
    return std::move(ends->ours);
  }

  int exit_status_told() {
    const auto exited = next();
    EXPECT_EQ(exited.message.kind, ControlKind::kExited);
    return exited.message.wait_status;
  }

  static Result<pool::Frame> receive(const UniqueFd& socket) {
    return pool::receive_frame(socket.get(), Deadline::after(Milliseconds(30'000)));
  }

  std::unique_ptr<pool::Zygote> zygote_;
  pool::Zygote::Received forked_;
};

TEST_F(ZygoteProcess, SaysWhatItHasLoaded) {
  start("snapshot: v1\nmemory_mb: 100\n");
  const auto ready = next();
  EXPECT_EQ(ready.message.kind, ControlKind::kReady);
  EXPECT_EQ(ready.message.snapshot, "v1");
  EXPECT_EQ(ready.message.pack_version, "packs-of-v1");
  EXPECT_EQ(ready.message.memory_bound_kib, 100U * 1024U);
  EXPECT_TRUE(ready.message.sandbox.starts_with("seccomp"));
}

TEST_F(ZygoteProcess, SaysWhyItCannotLoad) {
  start("fail: no such pack\n");
  const auto failed = next();
  EXPECT_EQ(failed.message.kind, ControlKind::kFailed);
  EXPECT_EQ(failed.message.text, "test.conf:1: no such pack");
}

TEST_F(ZygoteProcess, ForksWorkersThatAnswerWithTheNumberAsked) {
  start("snapshot: v1\n");
  next();
  const UniqueFd socket = fork_one(7);
  const UniqueFd message = std::move(*create_memory_file("m"));
  ASSERT_TRUE(write_all(message.get(), "\r\nhello"));
  model::ScanRequest request;
  ASSERT_TRUE(pool::send_frame(socket.get(), pool::numbered(99, encode(request)),
                               message.get(), Deadline::after(Milliseconds(1000))));
  const auto answer = receive(socket);
  ASSERT_TRUE(answer);
  const auto split = pool::split_number(answer->bytes);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->id, 99U);
  const auto report = model::decode_scan_report(split->payload);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->bytes, 7U);
}

TEST_F(ZygoteProcess, AWorkerGoesWhenItsSocketCloses) {
  start("snapshot: v1\n");
  next();
  fork_one(1).reset();
  EXPECT_EQ(exit_status_told(), 0);
}

struct BadRequest {
  std::string name;
  std::string frame;
};
class Misunderstanding : public ZygoteProcess,
                         public testing::WithParamInterface<BadRequest> {};

TEST_P(Misunderstanding, EndsTheWorkerOnly) {
  start("snapshot: v1\n");
  next();
  const UniqueFd socket = fork_one(1);
  ASSERT_TRUE(pool::send_frame(socket.get(), GetParam().frame, -1,
                               Deadline::after(Milliseconds(1000))));
  EXPECT_FALSE(receive(socket));
  const int status = exit_status_told();
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), pool::kExitBadRequest);
  fork_one(2);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Misunderstanding,
    testing::Values(BadRequest{"NoNumber", "abc"},
                    BadRequest{"NoMessage",
                               pool::numbered(1, model::encode(model::ScanRequest{}))},
                    BadRequest{"Empty", ""}),
    [](const auto& test) { return test.param.name; });

TEST_F(ZygoteProcess, TellsHowAKilledWorkerEnded) {
  start("snapshot: v1\n");
  next();
  const UniqueFd socket = fork_one(1);
  pool::kill_process(forked_.process);
  const int status = exit_status_told();
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
}

TEST_F(ZygoteProcess, GoesWhenThePoolGoesAndTakesItsWorkersAlong) {
  start("snapshot: v1\n");
  next();
  const UniqueFd socket = fork_one(1);
  zygote_->finish();
  pollfd entry{zygote_->process(), POLLIN, 0};
  EXPECT_EQ(::poll(&entry, 1, 30'000), 1);
  EXPECT_TRUE(zygote_->has_ended());
  EXPECT_FALSE(receive(socket));  // the worker's end is closed, not silent
}

}  // namespace
}  // namespace noshare::worker
