// Volumes of several machines, on a Redis server of the test's own.
#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/clock.h"
#include "noshare/store/register_store.h"
#include "noshare/store/shared_volumes.h"

extern char** environ;

namespace noshare::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow_us = 1'795'000'000'000'000;  // in November 2026
constexpr std::int64_t kHour_us = 3'600'000'000;

const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

Fingerprint person(int number) {
  return test_key().of("email_address", "c" + std::to_string(number) + "@customer.test");
}

model::SharedDatum datum(int subject, const std::string& sender = "jane",
                         const std::string& entity = "email_address") {
  return {test_key().of("sender", sender), test_key().of("domain", "else.test"),
          person(subject), entity};
}

model::VolumeQuestion question(std::vector<std::string> entities = {"email_address"},
                               std::int64_t window_s = 86'400) {
  return {model::VolumeScope::kSender, test_key().of("sender", "jane"),
          std::move(entities), window_s};
}

class RedisVolumes : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "noshare-redis-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::signal(SIGPIPE, SIG_IGN);  // as the filter does
    start();
    volumes_ = connect();
  }
  void TearDown() override {
    stop();
    fs::remove_all(folder_);
  }

  void start() {
    const std::string socket = folder_ / "redis.sock";
    const std::string folder = folder_.string();
    const std::vector<std::string> words = {"redis-server",
                                            "--port",
                                            "0",
                                            "--unixsocket",
                                            socket,
                                            "--save",
                                            "",
                                            "--dir",
                                            folder,
                                            "--logfile",
                                            (folder_ / "log").string()};
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    ASSERT_EQ(posix_spawnp(&server_, "redis-server", nullptr, nullptr, arguments.data(),
                           environ),
              0)
        << "Debian's package redis-server is needed";
    for (int i = 0; i < 200 && !fs::exists(socket); ++i) ::usleep(50'000);
    ASSERT_TRUE(fs::exists(socket));
  }
  void stop() {
    if (server_ == 0) return;
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
    fs::remove(folder_ / "redis.sock");
  }

  std::unique_ptr<SharedVolumes> connect() const {
    config::VolumeSettings settings;
    settings.redis = config::SocketAddress{true, folder_ / "redis.sock", "", 0};
    return SharedVolumes::create(settings).value();
  }
  // How many people, and how many of `values` are among them.
  std::pair<std::uint64_t, std::size_t> counted(const model::VolumeQuestion& asked,
                                                const std::vector<Fingerprint>& values,
                                                std::int64_t now_us = kNow_us) {
    const auto volumes = volumes_->answer({asked}, values, now_us).value();
    return {volumes.at(0).others + volumes.at(0).subjects.size(),
            volumes.at(0).subjects.size()};
  }

  fs::path folder_;
  pid_t server_ = 0;
  std::unique_ptr<SharedVolumes> volumes_;
};

using Counted = std::pair<std::uint64_t, std::size_t>;

TEST_F(RedisVolumes, CountPeopleOfAllMachinesOnce) {
  const auto other = connect();
  ASSERT_TRUE(volumes_->record({datum(1), datum(2)}, kNow_us));
  ASSERT_TRUE(other->record({datum(2), datum(3)}, kNow_us));
  EXPECT_EQ(counted(question(), {person(3), person(4)}), Counted(3, 1));
}

TEST_F(RedisVolumes, ForgetWhatTheWindowNoLongerHolds) {
  ASSERT_TRUE(volumes_->record({datum(1)}, kNow_us));
  EXPECT_EQ(counted(question(), {}, kNow_us + 23 * kHour_us).first, 1U);
  EXPECT_EQ(counted(question(), {}, kNow_us + 26 * kHour_us).first, 0U);
  const auto month = question({"email_address"}, 30 * 86'400);
  EXPECT_EQ(counted(month, {}, kNow_us + 26 * kHour_us).first, 1U);
  EXPECT_EQ(counted(month, {}, kNow_us + 32 * 24 * kHour_us).first, 0U);
}

TEST_F(RedisVolumes, TellEntitiesAndSendersApart) {
  ASSERT_TRUE(volumes_->record(
      {datum(1), datum(2, "jane", "phone_number"), datum(3, "bob")}, kNow_us));
  EXPECT_EQ(counted(question(), {}).first, 1U);
  EXPECT_EQ(counted(question({"email_address", "phone_number"}), {}).first, 2U);
  EXPECT_EQ(counted(question({}), {}).first, 2U);
  auto all = question({});
  all.scope = model::VolumeScope::kOrganisation;
  EXPECT_EQ(counted(all, {}).first, 3U);
}

TEST_F(RedisVolumes, AreNearForManyPeople) {
  constexpr int kPeople = 5'000;
  std::vector<model::SharedDatum> many;
  for (int i = 0; i < kPeople; ++i) many.push_back(datum(i));
  ASSERT_TRUE(volumes_->record(many, kNow_us));
  EXPECT_NEAR(static_cast<double>(counted(question(), {}).first), kPeople,
              kPeople * 0.04);  // five standard errors
}

TEST_F(RedisVolumes, HearLaterOfWhatWentOutWhileRedisWasAway) {
  stop();
  EXPECT_EQ(volumes_->record({datum(1)}, kNow_us).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(volumes_->answer({question()}, {}, kNow_us).error().code,
            ErrorCode::kUnavailable);
  start();
  ::sleep(6);  // it is not asked again at once
  ASSERT_TRUE(volumes_->record({datum(2)}, kNow_us));
  EXPECT_EQ(counted(question(), {}).first, 2U);
}

TEST_F(RedisVolumes, MayBeAwayAtTheStart) {
  stop();
  volumes_ = connect();
  EXPECT_EQ(volumes_->record({datum(1)}, kNow_us).error().code, ErrorCode::kUnavailable);
  start();
  ::sleep(6);
  ASSERT_TRUE(volumes_->record({datum(2)}, kNow_us));
  EXPECT_EQ(counted(question(), {}).first, 2U);
}

// More than one message hands over: none waits for all of it.
TEST_F(RedisVolumes, HearOfALongAbsencePieceByPiece) {
  constexpr int kPeople = 3'000;
  stop();
  std::vector<model::SharedDatum> many;
  for (int i = 0; i < kPeople; ++i) many.push_back(datum(i));
  EXPECT_FALSE(volumes_->record(many, kNow_us));
  start();
  ::sleep(6);
  ASSERT_TRUE(volumes_->record({datum(1)}, kNow_us));
  EXPECT_LT(counted(question(), {}).first, static_cast<std::uint64_t>(kPeople) * 8 / 10);
  ASSERT_TRUE(volumes_->record({datum(1)}, kNow_us));
  EXPECT_NEAR(static_cast<double>(counted(question(), {}).first), kPeople,
              kPeople * 0.04);
}

TEST_F(RedisVolumes, AreTheRegistersWithItsOwnCountWhileRedisIsAway) {
  const auto store =
      RegisterStore::open(folder_ / "a.db", RegisterStore::Access::kReadWrite).value();
  store->share_volumes(connect());
  ASSERT_TRUE(volumes_->record({datum(1), datum(2)}, kNow_us));
  model::Verdict verdict;
  verdict.shared = {datum(3)};
  ASSERT_TRUE(store->record_sharing(verdict, "jane@example.com", kNow_us));
  model::Questions questions;
  questions.values = {person(3)};
  questions.volumes = {question()};
  const auto people = [&] {
    const auto known = store->answer(questions, kNow_us).value();
    return known.volumes.at(0).subjects.size() + known.volumes.at(0).others;
  };
  EXPECT_EQ(people(), 3U);
  stop();
  EXPECT_EQ(people(), 1U);
}

}  // namespace
}  // namespace noshare::store
