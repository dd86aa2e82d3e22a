// Exclusions and who agreed; configurations that are kept; facts for a replay.
#include "noshare/store/exclusion_store.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "noshare/base/files.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/incident_store.h"
#include "noshare/store/policy_archive.h"
#include "noshare/store/register_store.h"

#include "place.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;

const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

ExclusionRecord record(const std::string& value = "4111111111111111") {
  ExclusionRecord one;
  one.exclusion.entity = "payment_card_number";
  if (!value.empty()) one.exclusion.value = test_key().of("payment_card_number", value);
  one.exclusion.sender = "jane@example.com";
  one.exclusion.recipient_domain = "shop.test";
  one.case_number = "NS-00000001";
  one.masked = "************1111";
  one.proposed_by = "anna";
  one.proposed_us = 5;
  one.reason = "an order number";
  return one;
}

class Exclusions : public testing::Test {
 protected:
  void SetUp() override {
    file_ = place_.path();
    store_ = ExclusionStore::open(file_, test_key()).value();
    register_ = RegisterStore::open(file_, RegisterStore::Access::kReadWrite).value();
  }
  void TearDown() override {
    store_.reset();
    register_.reset();
  }
  Result<void> step(const std::string& id, ExclusionState state,
                    const std::string& officer) {
    return store_->decide({id, state, officer, "looked at it", 9});
  }
  std::vector<model::Exclusion> in_force() {
    return register_->answer({{record().exclusion.value}, {}}, 0).value().exclusions;
  }
  TestPlace place_;
  fs::path file_;
  std::unique_ptr<ExclusionStore> store_;
  std::unique_ptr<RegisterStore> register_;
};

TEST_F(Exclusions, AreInForceOnceASecondPersonAgreed) {
  const std::string id = store_->propose(record()).value();
  EXPECT_EQ(id.substr(0, 3), "FP-");
  EXPECT_TRUE(in_force().empty());
  EXPECT_EQ(step(id, ExclusionState::kApproved, "anna").error().code,
            ErrorCode::kInvalidInput);
  EXPECT_TRUE(in_force().empty());
  ASSERT_TRUE(step(id, ExclusionState::kApproved, "ben"));
  const auto now = in_force();
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].id, id);
  EXPECT_EQ(now[0].value, record().exclusion.value);
  EXPECT_EQ(now[0].sender, "jane@example.com");
  EXPECT_EQ(now[0].recipient_domain, "shop.test");
}

TEST_F(Exclusions, AreOutOfForceAtOnceWhenRevoked) {
  const std::string id = store_->propose(record()).value();
  ASSERT_TRUE(step(id, ExclusionState::kApproved, "ben"));
  ASSERT_TRUE(step(id, ExclusionState::kRevoked, "anna"));
  EXPECT_TRUE(in_force().empty());
  const auto kept = store_->find(id).value();
  EXPECT_EQ(kept.state, ExclusionState::kRevoked);
  EXPECT_EQ(kept.decided_by, "anna");
  EXPECT_EQ(kept.decision_reason, "looked at it");
}

TEST_F(Exclusions, TakeNoStepThatIsNotThere) {
  const std::string id = store_->propose(record()).value();
  EXPECT_FALSE(step(id, ExclusionState::kRevoked, "ben"));
  EXPECT_FALSE(step(id, ExclusionState::kProposed, "ben"));
  ASSERT_TRUE(step(id, ExclusionState::kRejected, "anna"));
  EXPECT_FALSE(step(id, ExclusionState::kApproved, "ben"));
  EXPECT_EQ(step("FP-NONE", ExclusionState::kApproved, "ben").error().code,
            ErrorCode::kNotFound);
}

TEST_F(Exclusions, AreNotProposedTwice) {
  ASSERT_TRUE(store_->propose(record()));
  EXPECT_EQ(store_->propose(record()).error().code, ErrorCode::kInvalidInput);
  EXPECT_TRUE(store_->propose(record("5500005555555559")));
}

TEST_F(Exclusions, OfAKindAreToldForEveryValue) {
  const std::string id = store_->propose(record("")).value();
  ASSERT_TRUE(step(id, ExclusionState::kApproved, "ben"));
  ASSERT_EQ(in_force().size(), 1U);
  EXPECT_TRUE(in_force()[0].value.is_null());
}

TEST_F(Exclusions, AreListedByStateAndCase) {
  const std::string id = store_->propose(record()).value();
  ASSERT_TRUE(store_->propose(record("5500005555555559")));
  ASSERT_TRUE(step(id, ExclusionState::kApproved, "ben"));
  EXPECT_EQ(store_->list({}, "", 100).value().size(), 2U);
  EXPECT_EQ(store_->list(ExclusionState::kApproved, "", 100).value().size(), 1U);
  EXPECT_EQ(store_->list({}, "NS-00000001", 100).value().size(), 2U);
  EXPECT_TRUE(store_->list({}, "NS-00000002", 100).value().empty());
}

TEST_F(Exclusions, LeaveEachStepInTheAuditLog) {
  const std::string id = store_->propose(record()).value();
  ASSERT_TRUE(step(id, ExclusionState::kApproved, "ben"));
  const auto log = AuditLog::open(file_, AuditLog::Access::kReadOnly, test_key()).value();
  const auto entries = log->list({}).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].act, "exclusion_approved");
  EXPECT_EQ(entries[0].actor, "ben");
  EXPECT_EQ(entries[1].act, "exclusion_proposed");
  EXPECT_EQ(entries[1].object, "NS-00000001");
  EXPECT_FALSE(log->verify("").value().broken_at);
}

TEST_F(Exclusions, KeptConfigurationsOpenWithThisKeyOnly) {
  const auto archive = PolicyArchive::open(file_, test_key()).value();
  ASSERT_TRUE(archive->keep("abc", "mode: enforce # s3cret-word", 5));
  ASSERT_TRUE(archive->keep("abc", "another text", 6));
  EXPECT_EQ(archive->find("abc").value(), "mode: enforce # s3cret-word");
  EXPECT_EQ(archive->find("abd").error().code, ErrorCode::kNotFound);
  const auto stranger = PolicyArchive::open(file_, FingerprintKey::random()).value();
  EXPECT_EQ(stranger->find("abc").error().code, ErrorCode::kCorrupt);
  for (const char* end : {"", "-wal"}) {
    const auto bytes = read_file(file_.string() + end).value_or("");
    EXPECT_EQ(bytes.find("s3cret-word"), std::string::npos);
  }
}

TEST_F(Exclusions, AnIncidentKeepsWhatItsVerdictRestedOn) {
  model::Incident incident;
  incident.envelope.sender = "jane@example.com";
  incident.verdict.severity = "high";
  incident.verdict.dry_run = {"later"};
  model::ScanReport& report = incident.report;
  model::Finding finding;
  finding.entity = "email_address";
  finding.group_fingerprint = test_key().of("domain", "else.test");
  report.findings = {finding};
  report.entities["email_address"] = {"E-mail address", {"contact"}, {"contact_data"}};
  report.participants = {test_key().of("email_address", "bob@else.test")};
  report.authors = {test_key().of("person_name", "jane")};
  report.attachments = {"xlsx"};
  report.header_tests = {"X-Class:secret"};
  model::Permission permission;
  permission.id = "PM-1";
  permission.kind = model::PermissionKind::kNever;
  permission.subjects = report.participants;
  permission.until = "2027-12-31";
  incident.known.permissions = {permission};
  incident.known.received = {{report.authors[0], report.participants[0], "2026-05-03"}};
  incident.known.exclusions = {record().exclusion};
  const auto incidents =
      IncidentStore::open(file_, IncidentStore::Access::kReadWrite).value();
  const auto read = incidents->find(incidents->record(incident).value()).value();
  EXPECT_EQ(read.report.findings, report.findings);
  EXPECT_EQ(read.report.entities, report.entities);
  EXPECT_EQ(read.report.participants, report.participants);
  EXPECT_EQ(read.report.authors, report.authors);
  EXPECT_EQ(read.report.attachments, report.attachments);
  EXPECT_EQ(read.report.header_tests, report.header_tests);
  EXPECT_EQ(read.verdict.severity, "high");
  EXPECT_EQ(read.verdict.dry_run, incident.verdict.dry_run);
  ASSERT_EQ(read.known.permissions.size(), 1U);
  EXPECT_EQ(read.known.permissions[0].kind, model::PermissionKind::kNever);
  EXPECT_EQ(read.known.permissions[0].subjects, permission.subjects);
  EXPECT_EQ(read.known.permissions[0].until, "2027-12-31");
  ASSERT_EQ(read.known.received.size(), 1U);
  EXPECT_EQ(read.known.received[0].day, "2026-05-03");
  ASSERT_EQ(read.known.exclusions.size(), 1U);
  EXPECT_EQ(read.known.exclusions[0].value, record().exclusion.value);
}

TEST_F(Exclusions, IncidentsAreFoundByAValueTheyShow) {
  const auto incidents =
      IncidentStore::open(file_, IncidentStore::Access::kReadWrite).value();
  for (const char* value : {"one", "two", "two"}) {
    model::Incident incident;
    model::Finding finding;
    finding.fingerprint = test_key().of("x", value);
    incident.report.findings = {finding, finding};
    static std::int64_t time_us = 0;
    incident.report.message_id = std::to_string(++time_us);
    ASSERT_TRUE(incidents->record(incident));
  }
  IncidentFilter filter;
  filter.value = test_key().of("x", "two");
  EXPECT_EQ(incidents->list(filter).value().size(), 2U);
}

}  // namespace
}  // namespace noshare::store
