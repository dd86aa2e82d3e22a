#include "noshare/store/spool.h"

#include <gtest/gtest.h>

#include "noshare/store/hold_store.h"
#include "noshare/store/incident_store.h"

#include "place.h"

namespace noshare::store {
namespace {

model::Incident incident_of(const std::string& message_id) {
  model::Incident incident;
  incident.time_us = 1'795'000'000'000'000;
  incident.envelope.sender = "jane@example.com";
  incident.envelope.recipients = {"x@else.test"};
  incident.report.message_id = message_id;
  incident.report.message_fingerprint.bytes.fill(3);
  model::Finding finding;
  finding.entity = "iban";
  finding.masked = "GB**";
  incident.report.findings = {finding};
  incident.verdict.action = incident.carried_out = model::Action::kHold;
  incident.verdict.rule = "accounts";
  incident.verdict.recipients = {
      {"x@else.test", model::Party::kThird, model::Action::kHold, "accounts", {}, {0}}};
  incident.policy_version = "p1";
  return incident;
}

class SpoolTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = testing::TempDir() + "noshare-spool-XXXXXX";
    folder_ = ::mkdtemp(folder.data());
    store_ =
        IncidentStore::open(place_.path(), IncidentStore::Access::kReadWrite).value();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Spool> open(std::uint32_t most = 10) {
    return Spool::open(folder_ / "spool.db", key_, most).value();
  }

  FingerprintKey key_ = FingerprintKey::random();
  TestPlace place_;
  std::filesystem::path folder_;
  std::unique_ptr<IncidentStore> store_;
};

TEST_F(SpoolTest, GivesBackInOrderWhatCameInAlsoAfterARestart) {
  auto spool = open();
  const std::string first = spool->record(incident_of("<1@example.com>")).value();
  const std::string second = spool->held(incident_of("<2@example.com>"), 7).value();
  spool = open();
  EXPECT_EQ(spool->size(), 2U);
  const Spooled one = *spool->next(0).value();
  EXPECT_EQ(one.incident.case_number, first);
  EXPECT_EQ(one.held_us, 0);
  EXPECT_TRUE(spool->remove(one).value());
  const Spooled two = *spool->next(0).value();
  EXPECT_EQ(two.incident.case_number, second);
  EXPECT_EQ(two.held_us, 7);
  EXPECT_EQ(two.incident.report.findings.at(0).masked, "GB**");
  EXPECT_EQ(two.incident.envelope.recipients, std::vector<std::string>{"x@else.test"});
  EXPECT_TRUE(spool->remove(two).value());
  EXPECT_EQ(spool->next(0).value(), std::nullopt);
  EXPECT_EQ(spool->size(), 0U);
}

TEST_F(SpoolTest, IsFullButStillKnowsWhatItHas) {
  const auto spool = open(1);
  const std::string number = spool->record(incident_of("<1@example.com>")).value();
  const auto refused = spool->record(incident_of("<2@example.com>"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kLimit);
  EXPECT_EQ(spool->record(incident_of("<1@example.com>")).value(), number);
  EXPECT_EQ(spool->held(incident_of("<1@example.com>"), 7).value(), number);
  EXPECT_EQ(spool->size(), 1U);
}

TEST_F(SpoolTest, DoesNotForgetAHoldThatCameWhileItWasHandedOver) {
  const auto spool = open();
  ASSERT_TRUE(spool->record(incident_of("<1@example.com>")));
  const Spooled before = *spool->next(0).value();
  ASSERT_TRUE(spool->held(incident_of("<1@example.com>"), 7));
  EXPECT_FALSE(spool->remove(before).value());
  EXPECT_EQ(spool->next(0).value()->held_us, 7);
}

TEST_F(SpoolTest, TheStoreTakesItsCaseNumberAndTakesItTwice) {
  const auto spool = open();
  const std::string number = spool->record(incident_of("<1@example.com>")).value();
  const model::Incident spooled = spool->next(0).value()->incident;
  EXPECT_EQ(store_->record(spooled).value(), number);
  EXPECT_EQ(store_->record(spooled).value(), number);  // the filter died in between
  EXPECT_EQ(store_->find(number)->seen, 1U);
  // The mail server tries again once the store is back.
  EXPECT_EQ(store_->record(incident_of("<1@example.com>")).value(), number);
  EXPECT_EQ(store_->find(number)->seen, 2U);
}

TEST_F(SpoolTest, AnEarlierTryInTheStoreKeepsItsNumber) {
  const std::string number = store_->record(incident_of("<1@example.com>")).value();
  const auto spool = open();
  ASSERT_NE(spool->record(incident_of("<1@example.com>")).value(), number);
  EXPECT_EQ(store_->record(spool->next(0).value()->incident).value(), number);
}

TEST_F(SpoolTest, ACaseNumberThatIsTakenIsNotTakenTwice) {
  const std::string number = store_->record(incident_of("<1@example.com>")).value();
  model::Incident other = incident_of("<2@example.com>");
  other.case_number = number;
  EXPECT_NE(store_->record(other).value(), number);
}

}  // namespace
}  // namespace noshare::store
