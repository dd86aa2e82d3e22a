#include "noshare/store/account_store.h"

#include <gtest/gtest.h>

#include "noshare/base/files.h"
#include "noshare/store/audit_log.h"

#include "place.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMinute_us = 60'000'000;

class AccountStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = AccountStore::open(place_.path(), key_).value();
    Account anna;
    anna.name = "anna";
    anna.role = Role::kOfficer;
    anna.password_hash = "hash";
    anna.totp_secret = Sensitive("12345678901234567890");
    ASSERT_TRUE(store_->add(anna, "test"));
  }

  FingerprintKey key_ = FingerprintKey::random();
  TestPlace place_;
  std::unique_ptr<AccountStore> store_;
};

TEST_F(AccountStoreTest, AnAccountIsReadBackAsItWasMade) {
  const Account anna = store_->find("anna").value();
  EXPECT_EQ(anna.role, Role::kOfficer);
  EXPECT_EQ(anna.totp_secret.reveal(), "12345678901234567890");
  EXPECT_EQ(store_->find("ben").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->list()->size(), 1U);
}

TEST_F(AccountStoreTest, ANameIsGivenOnce) {
  Account again;
  again.name = "anna";
  EXPECT_EQ(store_->add(again, "test").error().code, ErrorCode::kInvalidInput);
}

TEST_F(AccountStoreTest, TheFileHoldsNoSecretInTheClear) {
  if (!TestPlace::is_file()) return;
  for (const auto& file : fs::directory_iterator(place_.path().parent_path())) {
    EXPECT_EQ(read_file(file.path())->find("12345678901234567890"), std::string::npos);
  }
}

TEST_F(AccountStoreTest, AnotherInstallationsKeyOpensNoSecret) {
  const auto other = AccountStore::open(place_.path(), FingerprintKey::random()).value();
  EXPECT_EQ(other->find("anna").error().code, ErrorCode::kCorrupt);
}

TEST_F(AccountStoreTest, FiveWrongTriesCloseTheDoorForAQuarterOfAnHour) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(store_->check_tries("anna from 192.0.2.1", 100));
    ASSERT_TRUE(store_->count_failure("anna from 192.0.2.1", 100));
  }
  EXPECT_EQ(store_->check_tries("anna from 192.0.2.1", 101).error().code,
            ErrorCode::kLimit);
  EXPECT_TRUE(store_->check_tries("anna from 192.0.2.2", 101));
  EXPECT_TRUE(store_->check_tries("anna from 192.0.2.1", 101 + 15 * kMinute_us));
}

TEST_F(AccountStoreTest, AStepOfTheCodeIsUsedOnce) {
  EXPECT_TRUE(store_->use_totp_step("anna", 7).value());
  EXPECT_FALSE(store_->use_totp_step("anna", 7).value());
  EXPECT_FALSE(store_->use_totp_step("anna", 6).value());
  EXPECT_TRUE(store_->use_totp_step("anna", 8).value());
}

TEST_F(AccountStoreTest, ASessionEndsWhenItIsIdleOldOrToldTo) {
  const std::int64_t begin = 100 * kMinute_us;
  const NewSession idle = store_->begin_session("anna", begin).value();
  EXPECT_EQ(store_->session(idle.token, begin + 29 * kMinute_us).value()->account,
            "anna");
  EXPECT_EQ(store_->session(idle.token, begin + 60 * kMinute_us).value(), std::nullopt);
  const NewSession old = store_->begin_session("anna", begin).value();
  for (int i = 1; i <= 12 * 60; i += 20) {
    ASSERT_TRUE(store_->session(old.token, begin + i * kMinute_us).value());
  }
  EXPECT_FALSE(store_->session(old.token, begin + (12 * 60 + 1) * kMinute_us).value());
  const NewSession told = store_->begin_session("anna", begin).value();
  ASSERT_TRUE(store_->end_session(told.token));
  EXPECT_FALSE(store_->session(told.token, begin).value());
  EXPECT_FALSE(store_->session("", begin).value());
}

TEST_F(AccountStoreTest, AChangeEndsTheSessionsAndIsOnRecord) {
  const NewSession session = store_->begin_session("anna", 100).value();
  Account anna = store_->find("anna").value();
  anna.disabled = true;
  ASSERT_TRUE(store_->change(anna, "ada"));
  EXPECT_FALSE(store_->session(session.token, 101).value());
  const auto audit =
      AuditLog::open(place_.path(), AuditLog::Access::kReadWrite, key_).value();
  const auto entries = audit->list({}).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].act, "account_changed");
  EXPECT_EQ(entries[0].actor, "ada");
  EXPECT_EQ(entries[1].act, "account_created");
}

TEST(Password, IsVerifiedByItsHashAndNotTooShort) {
  const std::string hash = hash_password(Sensitive("correct horse battery")).value();
  EXPECT_TRUE(password_fits(hash, Sensitive("correct horse battery")));
  EXPECT_FALSE(password_fits(hash, Sensitive("correct horse batterz")));
  EXPECT_FALSE(password_fits("", Sensitive("")));
  EXPECT_EQ(hash_password(Sensitive("short")).error().code, ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace noshare::store
