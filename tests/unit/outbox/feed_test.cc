#include "noshare/outbox/feed.h"

#include <chrono>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "noshare/base/files.h"
#include "noshare/base/text.h"
#include "noshare/store/incident_store.h"

namespace noshare::outbox {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

model::Incident incident(int number = 1) {
  model::Incident made;
  made.time_us = 1'795'515'300'000'000 + number;
  made.case_number = "NS-7K3M9QX2";
  made.envelope.sender = "jane=x@example.com";
  made.envelope.recipients = {"x@else.test", "y@else.test"};
  made.report.message_id = std::to_string(number);
  model::Finding finding;
  finding.entity = "payment_card_number";
  finding.masked = "************1111";
  made.report.findings = {finding, finding};
  made.verdict.action = made.carried_out = model::Action::kHold;
  made.verdict.rule = "cards|and\nmore";
  made.verdict.recipients = {{"x@else.test",
                              model::Party::kThird,
                              model::Action::kHold,
                              "cards",
                              {"cards"},
                              {0}}};
  return made;
}

TEST(FeedEvent, NamesWhatHappenedAndNoMask) {
  const Json event = incident_event(incident());
  EXPECT_EQ(event["case"], "NS-7K3M9QX2");
  EXPECT_EQ(event["carried_out"], "hold");
  EXPECT_EQ(event["entities"]["payment_card_number"], 2);
  EXPECT_THAT(to_line(event), Not(HasSubstr("1111")));
  const Json act = audit_event({7, 5, "anna", "release", "NS-1", "called Mr Private"});
  EXPECT_EQ(act["act"], "release");
  EXPECT_THAT(to_line(act), Not(HasSubstr("Private")));
}

TEST(FeedEvent, IsCefWithItsSpecialCharactersEscaped) {
  const std::string cef = to_cef(incident_event(incident()));
  EXPECT_TRUE(
      cef.starts_with("CEF:0|noshare|noshare|" NOSHARE_VERSION "|incident|hold|7|"))
      << cef;
  EXPECT_THAT(cef, HasSubstr("externalId=NS-7K3M9QX2"));
  EXPECT_THAT(cef, HasSubstr("suser=jane\\=x@example.com"));
  EXPECT_THAT(cef, HasSubstr("duser=x@else.test,y@else.test"));
  EXPECT_THAT(cef, HasSubstr("cs1Label=rule cs1=cards|and more"));
  EXPECT_THAT(cef, HasSubstr("cs2=payment_card_number:2"));
}

class Feeds : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("feeds-") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    incidents_ =
        store::IncidentStore::open(database(), store::IncidentStore::Access::kReadWrite)
            .value();
    feed_.name = "siem";
    feed_.file = folder_ / "events.jsonl";
  }
  void TearDown() override {
    incidents_.reset();
    fs::remove_all(folder_);
  }
  fs::path database() const { return folder_ / "db"; }
  std::unique_ptr<Feeder> start() {
    return std::make_unique<Feeder>(store::FeedStore::open(database()).value(),
                                    [this] { return std::vector{feed_}; });
  }
  void record(int number) { ASSERT_TRUE(incidents_->record(incident(number))); }
  // Waits for so many lines, and gives them.
  std::vector<std::string> lines(std::size_t many) const {
    std::vector<std::string> found;
    for (int i = 0; i < 200; ++i) {
      const std::string text = read_file(feed_.file).value_or("");
      found.clear();
      for (const auto line : split(text, '\n')) {
        if (!line.empty()) found.emplace_back(line);
      }
      if (found.size() >= many) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return found;
  }

  fs::path folder_;
  config::FeedSettings feed_;
  std::unique_ptr<store::IncidentStore> incidents_;
};

TEST_F(Feeds, TellEachIncidentOnceInOrderAndGoOnAfterARestart) {
  auto store = store::FeedStore::open(database()).value();
  ASSERT_TRUE(store->take("siem", 1, 1, 1));  // the feed is known from now on
  for (int i = 1; i <= 3; ++i) record(i);
  {
    const auto feeder = start();
    EXPECT_EQ(lines(3).size(), 3U);
  }
  record(4);
  const auto feeder = start();
  const auto all = lines(4);
  ASSERT_EQ(all.size(), 4U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(parse_json(all[i]).value()["message_id"], std::to_string(i + 1));
  }
}

TEST_F(Feeds, GiveEverythingToAReceiverThatWasAway) {
  auto store = store::FeedStore::open(database()).value();
  ASSERT_TRUE(store->take("siem", 1, 1, 1));
  record(1);
  feed_.file = folder_ / "not there" / "events.jsonl";
  const auto feeder = start();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  record(2);
  fs::create_directories(feed_.file.parent_path());
  EXPECT_EQ(lines(2).size(), 2U);
}

TEST_F(Feeds, AreServedByOneProcessAtATime) {
  auto one = store::FeedStore::open(database()).value();
  auto other = store::FeedStore::open(database()).value();
  ASSERT_TRUE(one->take("siem", 10, 1, 1));
  record(1);
  const auto mine = one->take("siem", 10, 100, 200).value();
  EXPECT_EQ(mine.incidents.size(), 1U);
  EXPECT_FALSE(other->take("siem", 10, 150, 300)->taken);
  EXPECT_TRUE(other->take("siem", 10, 201, 300)->taken) << "whoever died leaves it";
  ASSERT_TRUE(other->sent("siem", mine.end));
  EXPECT_FALSE(one->take("siem", 10, 400, 500)->taken) << "nothing is new";
}

TEST_F(Feeds, ReachSyslogAsRfc5424) {
  const std::string path = (folder_ / "log").string();
  const UniqueFd receiver(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, sizeof name.sun_path - 1);
  ASSERT_EQ(::bind(receiver.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name),
            0);
  config::FeedSettings feed;
  feed.name = "siem";
  feed.syslog = "unix:" + path;
  feed.cef = true;
  ASSERT_TRUE(tell(feed, {incident_event(incident())}));
  std::string message(4096, '\0');
  const ssize_t size = ::recv(receiver.get(), message.data(), message.size(), 0);
  ASSERT_GT(size, 0);
  message.resize(static_cast<std::size_t>(size));
  EXPECT_TRUE(message.starts_with("<108>1 2026-11-24T10:15:00.000Z ")) << message;
  EXPECT_THAT(message, HasSubstr(" noshare - incident - CEF:0|noshare|"));
}

TEST_F(Feeds, SayThatAReceiverIsAway) {
  config::FeedSettings feed;
  feed.name = "hook";
  feed.webhook = "http://127.0.0.1:9/";
  EXPECT_EQ(tell(feed, {incident_event(incident())}).error().code,
            ErrorCode::kUnavailable);
  feed.webhook.clear();
  feed.syslog = "tcp:127.0.0.1:9";
  EXPECT_FALSE(tell(feed, {incident_event(incident())}));
}

}  // namespace
}  // namespace noshare::outbox
