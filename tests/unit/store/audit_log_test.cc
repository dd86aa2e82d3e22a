#include "noshare/store/audit_log.h"

#include <thread>

#include <gtest/gtest.h>

#include "place.h"

namespace noshare::store {
namespace {

class AuditLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    log_.reset();
    place_ = std::make_unique<TestPlace>();
    log_ = open();
    for (int i = 1; i <= 5; ++i) {
      ASSERT_TRUE(
          log_->append({0, i, "anna", "release", "NS-" + std::to_string(i), "ok"}));
    }
  }
  std::unique_ptr<AuditLog> open() {
    return AuditLog::open(place_->path(), AuditLog::Access::kReadWrite, key_).value();
  }
  // What somebody does who has the file but not the key.
  void change(const char* sql) const { place_->execute(sql); }

  FingerprintKey key_ = FingerprintKey::random();
  std::unique_ptr<TestPlace> place_;
  std::unique_ptr<AuditLog> log_;
};

TEST_F(AuditLogTest, EntriesAreNumberedAndListedNewestFirst) {
  const auto entries = log_->list({}).value();
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries.front().number, 5);
  EXPECT_EQ(entries.back().object, "NS-1");
  AuditFilter page;
  page.before_number = 3;
  EXPECT_EQ(log_->list(page)->front().number, 2);
  AuditFilter one;
  one.object = "NS-4";
  EXPECT_EQ(log_->list(one)->size(), 1U);
}

TEST_F(AuditLogTest, AnUntouchedChainIsWhole) {
  const AuditCheck check = log_->verify("").value();
  EXPECT_EQ(check.entries, 5);
  EXPECT_FALSE(check.broken_at);
  ASSERT_TRUE(log_->append({0, 9, "ben", "deny", "NS-9", ""}));
  EXPECT_FALSE(log_->verify(check.head)->broken_at) << "an earlier head is still in it";
}

TEST_F(AuditLogTest, EachKindOfTamperingIsNoticed) {
  struct Case {
    const char* sql;
    std::int64_t broken_at;
  };
  const Case kCases[] = {
      {"UPDATE audit SET actor = 'eve' WHERE number = 3", 3},
      {"UPDATE audit SET time_us = 99 WHERE number = 1", 1},
      {"UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 1) WHERE number = "
       "2",
       2},
      {"DELETE FROM audit WHERE number = 2", 2},
      {"INSERT INTO audit VALUES (6, 6, 'eve', 'release', 'NS-6', '', 'abc')", 6},
  };
  for (const Case& one : kCases) {
    SetUp();
    change(one.sql);
    const AuditCheck check = log_->verify("").value();
    EXPECT_EQ(check.broken_at, one.broken_at) << one.sql;
  }
}

TEST_F(AuditLogTest, ACutOffEndIsNoticedByWhoKeptTheHead) {
  const std::string head = log_->verify("")->head;
  change("DELETE FROM audit WHERE number = 5");
  EXPECT_FALSE(log_->verify("")->broken_at);
  EXPECT_EQ(log_->verify(head)->broken_at, 5);
}

TEST_F(AuditLogTest, ManyWritersMakeOneChain) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto mine = open();
      for (int j = 0; j < 10; ++j) {
        EXPECT_TRUE(mine->append({0, j, "x", "y", "z", ""}));
      }
    });
  }
  for (std::thread& one : threads) one.join();
  const AuditCheck check = log_->verify("").value();
  EXPECT_EQ(check.entries, 45);
  EXPECT_FALSE(check.broken_at);
}

}  // namespace
}  // namespace noshare::store
