#include "noshare/store/register_store.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "place.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;

const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

Fingerprint person(const std::string& address) {
  return test_key().of("email_address", address);
}

model::Permission permission(const std::string& address) {
  model::Permission one;
  one.subjects = {person(address), test_key().of("phone_number", "442079460018")};
  one.recipient = "partner.test";
  one.entities = {"phone_number", "iban"};
  one.purpose = "delivery";
  one.from = "2026-01-01";
  one.until = "2027-12-31";
  one.evidence = "form 2026/117";
  one.granted_us = 5;
  return one;
}

class Register : public testing::Test {
 protected:
  void SetUp() override {
    file_ = place_.path();
    store_ = RegisterStore::open(file_, RegisterStore::Access::kReadWrite).value();
  }
  void TearDown() override { store_.reset(); }
  std::vector<model::Permission> about(const std::string& address) {
    return store_->answer({{person(address)}, {}}, 0).value().permissions;
  }
  TestPlace place_;
  fs::path file_;
  std::unique_ptr<RegisterStore> store_;
};

TEST_F(Register, GivesBackWhatWasGranted) {
  const auto ids = store_->grant({permission("ada@customer.test")}).value();
  ASSERT_EQ(ids.size(), 1U);
  EXPECT_EQ(ids[0].substr(0, 3), "PM-");
  const auto found = about("ada@customer.test");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, ids[0]);
  EXPECT_EQ(found[0].entities, (std::vector<std::string>{"phone_number", "iban"}));
  EXPECT_EQ(found[0].purpose, "delivery");
  EXPECT_EQ(found[0].until, "2027-12-31");
  EXPECT_EQ(found[0].evidence, "form 2026/117");
  EXPECT_EQ(found[0].subjects, std::vector<Fingerprint>{person("ada@customer.test")});
  EXPECT_TRUE(about("bo@customer.test").empty());
}

TEST_F(Register, AnswersEachPermissionOnceForAllItsSubjects) {
  ASSERT_TRUE(store_->grant({permission("ada@customer.test")}));
  const auto known =
      store_->answer({permission("ada@customer.test").subjects, {}}, 0).value();
  ASSERT_EQ(known.permissions.size(), 1U);
  EXPECT_EQ(known.permissions[0].subjects.size(), 2U);
}

TEST_F(Register, ForgetsARevokedPermissionAtOnceAndInAnotherProcessToo) {
  const auto id = store_->grant({permission("ada@customer.test")}).value()[0];
  auto other = RegisterStore::open(file_, RegisterStore::Access::kReadWrite).value();
  ASSERT_TRUE(other->revoke(id, 7));
  EXPECT_TRUE(about("ada@customer.test").empty());
  EXPECT_EQ(other->revoke(id, 8).error().code, ErrorCode::kNotFound);
  PermissionFilter all;
  all.revoked = true;
  const auto listed = store_->list(all).value();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].revoked_us, 7);
}

TEST_F(Register, ListsByPersonAndByRecipient) {
  model::Permission never = permission("bo@customer.test");
  never.kind = model::PermissionKind::kNever;
  never.subjects = {person("bo@customer.test")};
  never.recipient = "*";
  ASSERT_TRUE(store_->grant({permission("ada@customer.test"), never}));
  EXPECT_EQ(store_->list({}).value().size(), 2U);
  PermissionFilter filter;
  filter.subjects = {person("bo@customer.test")};
  ASSERT_EQ(store_->list(filter).value().size(), 1U);
  EXPECT_EQ(store_->list(filter).value()[0].kind, model::PermissionKind::kNever);
  filter = {};
  filter.recipient = "partner.test";
  EXPECT_EQ(store_->list(filter).value().size(), 1U);
}

TEST_F(Register, RemembersTheLastDayAValueCameIn) {
  const Fingerprint partner = test_key().of("correspondent domain", "partner.test");
  const Fingerprint value = person("ada@customer.test");
  ASSERT_TRUE(store_->remember({{partner, value, "2026-05-03"}}));
  ASSERT_TRUE(store_->remember({{partner, value, "2026-05-02"}}));
  auto known = store_->answer({{value}, {partner}}, 0).value();
  ASSERT_EQ(known.received.size(), 1U);
  EXPECT_EQ(known.received[0].day, "2026-05-03");
  EXPECT_TRUE(store_->answer({{value}, {value}}, 0).value().received.empty());
  EXPECT_EQ(store_->forget_before("2026-05-03").value(), 0U);
  EXPECT_EQ(store_->forget_before("2026-05-04").value(), 1U);
  EXPECT_TRUE(store_->answer({{value}, {partner}}, 0).value().received.empty());
}

model::LawfulDisclosure disclosure() {
  model::LawfulDisclosure one;
  one.recipient = "police.test";
  one.case_reference = "12 B 345/26";
  one.approver = "A. Counsel";
  one.opened_us = 5;
  one.expires_us = 50;
  return one;
}

std::string signature(const model::LawfulDisclosure& one) { return "sig" + one.id; }

TEST_F(Register, KeepsDisclosuresAndCountsTheirUses) {
  const auto token = store_->open_disclosure(disclosure(), signature).value();
  const std::string id = token.substr(0, 11);
  EXPECT_EQ(token, id + "-sig" + id);
  model::Verdict verdict;
  verdict.disclosures = {{id, "clerk@police.test", {"us_ssn"}, 2}};
  ASSERT_TRUE(store_->record_sharing(verdict, "jane@example.com", 7));
  ASSERT_TRUE(store_->record_sharing(verdict, "jane@example.com", 8));
  model::Questions questions;
  questions.values = {person("ada@customer.test")};
  questions.disclosures = {id, "ND-XXXXXXXX"};
  const auto known = store_->answer(questions, 9).value();
  ASSERT_EQ(known.disclosures.size(), 1U);
  EXPECT_EQ(known.disclosures[0].signature, "sig" + id);
  EXPECT_EQ(known.disclosures[0].uses, 2U);
  EXPECT_EQ(known.disclosures[0].subjects, 4U);
  ASSERT_TRUE(store_->close_disclosure(id, 10));
  EXPECT_EQ(store_->disclosures().value()[0].closed_us, 10);
  EXPECT_EQ(store_->close_disclosure(id, 11).error().code, ErrorCode::kNotFound);
}

TEST_F(Register, DoesNotRecordTheUseOfADisclosureThatIsNone) {
  model::Verdict verdict;
  verdict.disclosures = {{"ND-XXXXXXXX", "clerk@police.test", {}, 1}};
  EXPECT_FALSE(store_->record_sharing(verdict, "jane@example.com", 7));
}

TEST_F(Register, TakesAnOverrideOnce) {
  model::Verdict verdict;
  verdict.override_case = "NS-7K3M9QX2";
  verdict.override_reason = "my own number";
  EXPECT_TRUE(store_->record_sharing(verdict, "jane@example.com", 7));
  EXPECT_EQ(store_->record_sharing(verdict, "jane@example.com", 8).error().code,
            ErrorCode::kNotFound);
}

TEST_F(Register, CountsPeopleBySenderByDomainAndInAll) {
  const Fingerprint jane = person("jane");
  const Fingerprint tess = person("tess");
  const Fingerprint partner = person("partner");
  model::Verdict verdict;
  verdict.shared = {{jane, partner, person("ada"), "us_ssn"},
                    {jane, partner, person("bo"), "iban"},
                    {tess, partner, person("ada"), "us_ssn"}};
  ASSERT_TRUE(store_->record_sharing(verdict, "", 100'000'000));
  verdict.shared = {{jane, person("other"), person("cleo"), "us_ssn"}};
  ASSERT_TRUE(store_->record_sharing(verdict, "", 200'000'000));
  const auto count = [&](model::VolumeScope scope, const Fingerprint& who,
                         std::vector<std::string> entities, std::int64_t window_s) {
    model::Questions questions;
    questions.values = {person("ada")};
    questions.volumes = {{scope, who, std::move(entities), window_s}};
    return store_->answer(questions, 201'000'000).value().volumes[0].subjects.size();
  };
  using model::VolumeScope;
  EXPECT_EQ(count(VolumeScope::kSender, jane, {}, 1000), 3U);
  EXPECT_EQ(count(VolumeScope::kSender, jane, {"us_ssn"}, 1000), 2U);
  EXPECT_EQ(count(VolumeScope::kSender, jane, {}, 10), 1U);
  EXPECT_EQ(count(VolumeScope::kRecipientDomain, partner, {}, 1000), 2U);
  EXPECT_EQ(count(VolumeScope::kOrganisation, {}, {"us_ssn"}, 1000), 2U);
  EXPECT_EQ(store_->forget_shared(150'000'000).value(), 3U);
  EXPECT_EQ(count(VolumeScope::kOrganisation, {}, {}, 1000), 1U);
}

// A command that root runs must not lock the filter out. For other users nothing changes.
TEST(RegisterFile, IsTheFolderOwnersWhoeverCreatesIt) {
  constexpr uid_t kNobody = 65534;
  const fs::path folder =
      fs::path(testing::TempDir()) / ("noshare-owner-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::chown(folder.c_str(), kNobody, kNobody), 0);
  }
  const auto store =
      RegisterStore::open(folder / "a.db", RegisterStore::Access::kReadWrite).value();
  ASSERT_TRUE(store->grant({permission("ada@customer.test")}));
  for (const fs::directory_entry& one : fs::directory_iterator(folder)) {
    struct stat about {};
    ASSERT_EQ(::stat(one.path().c_str(), &about), 0);
    EXPECT_EQ(about.st_uid, root ? kNobody : ::geteuid()) << one.path();
    EXPECT_EQ(about.st_mode & 0007U, 0U) << one.path();
  }
  fs::remove_all(folder);
}

TEST(Label, IsReadByTheOfficersOnly) {
  const auto officer = OfficerKey::generate("ann").value();
  const auto stranger = OfficerKey::generate("eve").value();
  const std::string sealed =
      seal_label({officer.public_key()}, Sensitive("Ada Quill")).value();
  EXPECT_EQ(sealed.find("Quill"), std::string::npos);
  EXPECT_EQ(unseal_label(sealed, officer).value().reveal(), "Ada Quill");
  EXPECT_FALSE(unseal_label(sealed, stranger));
}

}  // namespace
}  // namespace noshare::store
