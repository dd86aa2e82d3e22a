#include "noshare/report/report.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/base/day.h"

namespace noshare::report {
namespace {

namespace fs = std::filesystem;
using model::Action;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

class Reports : public testing::Test {
 protected:
  void SetUp() override {
    file_ = fs::path(testing::TempDir()) /
            (std::string("reports-") +
             testing::UnitTest::GetInstance()->current_test_info()->name() + ".db");
    TearDown();
    incidents_ =
        store::IncidentStore::open(file_, store::IncidentStore::Access::kReadWrite)
            .value();
    holds_ =
        store::HoldStore::open(file_, store::HoldStore::Access::kReadWrite, test_key())
            .value();
    settings_ = config::parse_settings(
                    "organisation: {domains: [example.com], affiliates: [sister.test]}\n"
                    "processors:\n"
                    "  - {domain: payroll.test, entities: [iban], purpose: payroll, "
                    "until: 2027-12-31}\n"
                    "rules:\n"
                    "  - {id: cards, when: {entity: payment_card_number}, unless: "
                    "{encrypted: true}, then: reject}\n"
                    "  - {id: names, when: {entity: person_name}, then: tag}\n",
                    "test.yaml")
                    .value();
  }
  void TearDown() override {
    incidents_.reset();
    holds_.reset();
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end);
  }

  // A card number of somebody, to a stranger and a colleague.
  std::string add(Action carried_out, const std::string& value = "4111111111111111",
                  bool encrypted = false) {
    model::Incident incident;
    incident.time_us = day_begin_us("2026-11-20").value() + ++count_;
    incident.envelope.sender = "jane.private@example.com";
    incident.report.message_id = std::to_string(count_);
    incident.report.encrypted = encrypted;
    model::Finding finding;
    finding.entity = "payment_card_number";
    finding.confidence = 95;
    finding.masked = "************1111";
    finding.fingerprint = test_key().of("payment_card_number", value);
    incident.report.findings = {finding};
    incident.report.entities["payment_card_number"] = {"Payment card number",
                                                       {"payment"}};
    incident.verdict.action = carried_out;
    incident.verdict.rule = "cards";
    incident.verdict.recipients = {
        {"bob.private@else.test",
         model::Party::kThird,
         carried_out,
         "cards",
         {"cards"},
         {0}},
        {"ann@example.com", model::Party::kFirst, Action::kDeliver, "", {}, {}}};
    incident.carried_out = carried_out;
    return incidents_->record(incident).value();
  }
  Report make(Kind kind, std::vector<std::string> cases = {}) {
    return make_report({*incidents_, *holds_, settings_},
                       {kind, "2026-11-01", "2026-11-30", std::move(cases)})
        .value();
  }
  static const Table& table(const Report& report, const std::string& title) {
    for (const Table& one : report.tables) {
      if (one.title == title) return one;
    }
    throw std::runtime_error("no table " + title);
  }

  fs::path file_;
  std::unique_ptr<store::IncidentStore> incidents_;
  std::unique_ptr<store::HoldStore> holds_;
  config::Settings settings_;
  std::int64_t count_ = 0;
};

TEST_F(Reports, OfABreachCountWhatWentOutAndNothingElse) {
  const std::string left = add(Action::kDeliver);
  add(Action::kTag, "5500005555555559");
  add(Action::kReject);
  add(Action::kHold);
  const Report report = make(Kind::kBreach);
  const auto& kinds = table(report, "Categories of personal data").rows;
  ASSERT_EQ(kinds.size(), 1U);
  EXPECT_THAT(kinds[0], ElementsAre("Payment card number", "payment", "2", "2", "2"));
  const auto& recipients = table(report, "Recipients").rows;
  ASSERT_EQ(recipients.size(), 1U);
  EXPECT_EQ(recipients[0][0], "else.test");
  EXPECT_EQ(recipients[0][2], "2");
  EXPECT_EQ(table(report, "Messages").rows.size(), 2U);
  const Report one = make(Kind::kBreach, {left});
  EXPECT_EQ(table(one, "Messages").rows.size(), 1U);
}

TEST_F(Reports, CountAReleasedMessageAsLeft) {
  const std::string held = add(Action::kHold);
  ASSERT_TRUE(holds_->held(held, 1));
  EXPECT_THAT(table(make(Kind::kBreach), "Messages").rows, IsEmpty());
  const auto asked = holds_->ask_release({held, "anna", "fine", {}, 1, 2, false});
  ASSERT_TRUE(asked);
  ASSERT_TRUE(holds_->released(held, 3));
  const auto rows = table(make(Kind::kBreach), "Messages").rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][3], "released by officers");
}

TEST_F(Reports, OfRecipientsNameAgreementsAndWhoReceived) {
  add(Action::kDeliver);
  const Report report = make(Kind::kRecipients);
  EXPECT_THAT(table(report, "Processors with an agreement").rows,
              ElementsAre(ElementsAre("payroll.test", "iban", "payroll", "2027-12-31")));
  EXPECT_EQ(table(report, "Disclosures on record").rows[0][0], "else.test");
}

TEST_F(Reports, OnCardsListWhatLeftUnencrypted) {
  add(Action::kReject);
  EXPECT_THAT(make(Kind::kPayment).words[0], HasSubstr("On record is no message"));
  add(Action::kDeliver, "4111111111111111", true);
  EXPECT_THAT(table(make(Kind::kPayment), "Card numbers that left unencrypted").rows,
              IsEmpty());
  add(Action::kDeliver);
  const Report report = make(Kind::kPayment);
  EXPECT_EQ(table(report, "Card numbers that left unencrypted").rows.size(), 1U);
  EXPECT_THAT(table(report, "Rules that look at card numbers").rows,
              ElementsAre(ElementsAre("cards", "reject", "not when encrypted")));
}

TEST_F(Reports, ShowNoValueAndNoAddress) {
  add(Action::kDeliver);
  add(Action::kReject);
  for (const Kind kind :
       {Kind::kSummary, Kind::kBreach, Kind::kRecipients, Kind::kPayment}) {
    const Report report = make(kind);
    for (const std::string& text : {to_html(report), to_csv(report)}) {
      EXPECT_THAT(text, Not(HasSubstr("1111"))) << name(kind);
      EXPECT_THAT(text, Not(HasSubstr("private"))) << name(kind);
    }
  }
}

TEST_F(Reports, CoverTheDaysAskedFor) {
  add(Action::kDeliver);
  const Sources sources{*incidents_, *holds_, settings_};
  const auto later =
      make_report(sources, {Kind::kBreach, "2026-11-21", "2026-11-30", {}}).value();
  EXPECT_THAT(table(later, "Messages").rows, IsEmpty());
  EXPECT_FALSE(make_report(sources, {Kind::kBreach, "2026-11-30", "2026-11-01", {}}));
  EXPECT_FALSE(make_report(sources, {Kind::kBreach, "soon", "2026-11-01", {}}));
}

TEST(Rendered, CellsAreNeitherMarkupNorFormulas) {
  Report report;
  report.title = "<script>";
  report.tables = {{"T", {"=1+1", "a\"b"}, {{"@cmd", "x,y"}, {"<b>", "line\nbreak"}}}};
  const std::string html = to_html(report);
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  const std::string csv = to_csv(report);
  EXPECT_THAT(csv, HasSubstr("'=1+1,\"a\"\"b\"\r\n'@cmd,\"x,y\"\r\n<b>,\"line\nbreak\""));
}

}  // namespace
}  // namespace noshare::report
