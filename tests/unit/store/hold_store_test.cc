#include "noshare/store/hold_store.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "noshare/store/incident_store.h"

#include "place.h"

namespace noshare::store {
namespace {

constexpr std::int64_t kMinute_us = 60'000'000;
constexpr const char* kCase = "NS-7K3M9QX2";

class HoldStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = open();
    ASSERT_TRUE(store_->held(kCase, 1));
  }
  std::unique_ptr<HoldStore> open() {
    return HoldStore::open(place_.path(), HoldStore::Access::kReadWrite, key_).value();
  }
  Fingerprint binding(std::string_view message = "message") const {
    return release_binding(key_, message, {"x@else.test"});
  }
  ReleaseRequest request(const std::string& officer = "anna") const {
    return {kCase, officer, "agreed with the customer", binding(), 1, 2, false};
  }
  HoldState state() { return store_->find(kCase)->state; }

  FingerprintKey key_ = FingerprintKey::random();
  TestPlace place_;
  std::unique_ptr<HoldStore> store_;
};

TEST_F(HoldStoreTest, AReleasePassesTheFilterOnce) {
  const auto answer = store_->ask_release(request());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(state(), HoldState::kReleasing);
  EXPECT_EQ(store_->redeem(answer->token, binding(), 3).value(), kCase);
  EXPECT_EQ(store_->redeem(answer->token, binding(), 3).value(), std::nullopt);
  ASSERT_TRUE(store_->released(kCase, 4));
  EXPECT_EQ(state(), HoldState::kReleased);
  EXPECT_FALSE(store_->ask_release(request()));
}

TEST_F(HoldStoreTest, ATokenIsForOneMessageAndItsRecipients) {
  const std::string token = store_->ask_release(request())->token;
  EXPECT_EQ(store_->redeem(token, binding("another"), 3).value(), std::nullopt);
  const Fingerprint others = release_binding(key_, "message", {"z@else.test"});
  EXPECT_EQ(store_->redeem(token, others, 3).value(), std::nullopt);
  EXPECT_EQ(store_->redeem(token, binding(), 3).value(), kCase);
}

TEST_F(HoldStoreTest, AForgedTokenOpensNothing) {
  const std::string token = store_->ask_release(request())->token;
  std::string forged = token;
  forged.back() = forged.back() == '0' ? '1' : '0';
  for (const std::string& one :
       {forged, std::string(), std::string("."), token + "0", std::string(5000, 'a')}) {
    EXPECT_EQ(store_->redeem(one, binding(), 3).value(), std::nullopt) << one.size();
  }
}

TEST_F(HoldStoreTest, ATokenExpires) {
  const std::string token = store_->ask_release(request())->token;
  EXPECT_EQ(store_->redeem(token, binding(), 11 * kMinute_us).value(), std::nullopt);
}

TEST_F(HoldStoreTest, WhereTwoOfficersAreNeededOneIsNotEnough) {
  ReleaseRequest first = request("anna");
  first.officers_needed = 2;
  auto answer = store_->ask_release(first);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->token.empty());
  EXPECT_EQ(answer->officers_missing, 1U);
  answer = store_->ask_release(first);  // the same person again
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->token.empty());
  EXPECT_EQ(state(), HoldState::kHeld);
  ReleaseRequest second = request("ben");
  second.officers_needed = 2;
  answer = store_->ask_release(second);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->token.empty());
}

TEST_F(HoldStoreTest, WhatTheMailServerRefusedIsHeldAgain) {
  const std::string token = store_->ask_release(request())->token;
  ASSERT_TRUE(store_->redeem(token, binding(), 3)->has_value());
  ASSERT_TRUE(store_->refused(kCase, token, "451 try again", 4));
  EXPECT_EQ(state(), HoldState::kHeld);
  EXPECT_EQ(store_->find(kCase)->decisions.back().reason, "451 try again");
  EXPECT_TRUE(store_->ask_release(request()));
}

TEST_F(HoldStoreTest, OfTwoReleasesSideBySideTheLaterOneCounts) {
  const std::string first = store_->ask_release(request())->token;
  const std::string second = store_->ask_release(request("ben"))->token;
  EXPECT_EQ(store_->redeem(first, binding(), 3).value(), std::nullopt);
  EXPECT_TRUE(store_->is_genuine(first, binding()));
  EXPECT_FALSE(store_->is_genuine(first, binding("another")));
  ASSERT_TRUE(store_->refused(kCase, first, "550 given up", 4));
  EXPECT_EQ(state(), HoldState::kReleasing);  // of the second
  EXPECT_EQ(store_->redeem(second, binding(), 5).value(), kCase);
  ASSERT_TRUE(store_->released(kCase, 6));
  EXPECT_EQ(state(), HoldState::kReleased);
  ASSERT_TRUE(store_->refused(kCase, first, "550 given up", 7));
  EXPECT_EQ(state(), HoldState::kReleased);
}

TEST_F(HoldStoreTest, AMessageThatComesAgainDuringItsReleaseChangesNothing) {
  const std::string token = store_->ask_release(request())->token;
  ASSERT_TRUE(store_->held(kCase, 3));
  EXPECT_EQ(state(), HoldState::kReleasing);
  EXPECT_EQ(store_->redeem(token, binding(), 4).value(), kCase);
}

TEST_F(HoldStoreTest, AReleaseThatStoppedBeforeTheFilterMayBeDenied) {
  const std::string token = store_->ask_release(request())->token;
  ASSERT_TRUE(store_->deny(kCase, "ben", "changed our mind", 3));
  EXPECT_EQ(state(), HoldState::kDenied);
  EXPECT_EQ(store_->redeem(token, binding(), 4).value(), std::nullopt);
}

TEST_F(HoldStoreTest, WhatWentOutUnheardIsConfirmedByAnOfficer) {
  EXPECT_FALSE(store_->confirm_sent(kCase, "anna", "in the log", 2));
  const std::string token = store_->ask_release(request())->token;
  EXPECT_FALSE(store_->confirm_sent(kCase, "anna", "in the log", 3));
  ASSERT_TRUE(store_->redeem(token, binding(), 4)->has_value());
  EXPECT_FALSE(store_->deny(kCase, "ben", "too late", 5));
  ASSERT_TRUE(store_->confirm_sent(kCase, "anna", "in the log", 6));
  EXPECT_EQ(state(), HoldState::kReleased);
  EXPECT_EQ(store_->find(kCase)->decisions.back().decision, "confirm");
}

TEST_F(HoldStoreTest, AReleaseThatMayHaveGoneOutIsNotRepeatedByItself) {
  const std::string token = store_->ask_release(request())->token;
  ASSERT_TRUE(store_->redeem(token, binding(), 3)->has_value());
  store_ = open();  // the program died before it heard the mail server's answer
  EXPECT_TRUE(store_->find(kCase)->redeemed);
  const auto refused = store_->ask_release(request());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("may have gone out"), std::string::npos);
  ReleaseRequest again = request();
  again.again = true;
  EXPECT_TRUE(store_->ask_release(again));
}

TEST_F(HoldStoreTest, AReleaseThatNeverReachedTheFilterIsSimplyRepeated) {
  const std::string first = store_->ask_release(request())->token;
  const std::string second = store_->ask_release(request())->token;
  EXPECT_EQ(store_->redeem(first, binding(), 3).value(), std::nullopt);
  EXPECT_EQ(store_->redeem(second, binding(), 3).value(), kCase);
}

TEST_F(HoldStoreTest, WhatWasDeniedIsNotReleased) {
  ASSERT_TRUE(store_->deny(kCase, "anna", "no permission", 2));
  EXPECT_EQ(state(), HoldState::kDenied);
  EXPECT_FALSE(store_->ask_release(request()));
  EXPECT_FALSE(store_->deny(kCase, "anna", "twice", 3));
}

TEST_F(HoldStoreTest, TheSameMessageSentOnceMoreIsHeldOnceMore) {
  ASSERT_TRUE(store_->deny(kCase, "anna", "no", 2));
  ASSERT_TRUE(store_->held(kCase, 9));
  EXPECT_EQ(state(), HoldState::kHeld);
  EXPECT_EQ(store_->find(kCase)->held_us, 9);
}

TEST_F(HoldStoreTest, ARetryDoesNotMakeAHoldYounger) {
  ASSERT_TRUE(store_->held(kCase, 9));
  EXPECT_EQ(store_->find(kCase)->held_us, 1);
}

TEST_F(HoldStoreTest, WhatNobodyDecidesExpires) {
  ASSERT_TRUE(store_->held("NS-YOUNGER1", 100));
  EXPECT_EQ(store_->expire(50, 200).value(), std::vector<std::string>{kCase});
  EXPECT_EQ(state(), HoldState::kExpired);
  EXPECT_EQ(store_->list(HoldState::kHeld, 10)->size(), 1U);
  EXPECT_EQ(store_->list(std::nullopt, 10)->size(), 2U);
}

TEST_F(HoldStoreTest, AListGivesTheNewestAndNoMoreThanAskedFor) {
  ASSERT_TRUE(store_->held("NS-YOUNGER1", 100));
  for (const auto state : {std::optional(HoldState::kHeld), std::optional<HoldState>()}) {
    const auto holds = store_->list(state, 1).value();
    ASSERT_EQ(holds.size(), 1U);
    EXPECT_EQ(holds[0].case_number, "NS-YOUNGER1");
  }
}

// Who may see few senders only gets theirs, however many newer ones there are.
TEST_F(HoldStoreTest, AListForSomeSendersIsFullOfTheirs) {
  const auto incidents =
      IncidentStore::open(place_.path(), IncidentStore::Access::kReadWrite).value();
  std::string carols;
  for (int i = 0; i < 9; ++i) {
    model::Incident incident;
    incident.time_us = 100 + i;
    incident.envelope.sender = i == 0 ? "Carol_X@example.com" : "carolYx@example.com";
    incident.report.message_id = std::to_string(i);
    const std::string number = incidents->record(incident).value();
    if (i == 0) carols = number;
    ASSERT_TRUE(store_->held(number, incident.time_us));
  }
  using Globs = std::vector<std::string>;
  const auto seen = [&](const Globs& globs) {
    return store_->list(HoldState::kHeld, 3, globs).value();
  };
  for (const Globs& globs :
       {Globs{"carol_x@example.com"}, Globs{"nobody@x.test", "CAROL_*"}}) {
    const auto holds = seen(globs);
    ASSERT_EQ(holds.size(), 1U);
    EXPECT_EQ(holds[0].case_number, carols);
  }
  EXPECT_EQ(seen({"*@example.com"}).size(), 3U);
  EXPECT_TRUE(seen({}).empty()) << "a group without senders sees nothing";
}

TEST_F(HoldStoreTest, OfManyWhoRedeemOneTokenOneGetsIt) {
  const std::string token = store_->ask_release(request())->token;
  std::atomic<int> got{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto mine = open();
      const auto redeemed = mine->redeem(token, binding(), 3);
      if (redeemed && redeemed->has_value()) ++got;
    });
  }
  for (std::thread& one : threads) one.join();
  EXPECT_EQ(got, 1);
}

TEST_F(HoldStoreTest, AnUnknownCaseIsNotFound) {
  EXPECT_EQ(store_->find("NS-NOTTHERE").error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(store_->deny("NS-NOTTHERE", "anna", "", 2));
}

}  // namespace
}  // namespace noshare::store
