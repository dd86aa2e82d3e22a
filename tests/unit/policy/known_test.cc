// Permission, opt-out, what a recipient has sent before: what the filter knows of people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/policy/value_forms.h"

#include "stories.h"

namespace noshare::policy {
namespace {

using model::Action;
using model::PermissionKind;
using testing::Contains;
using testing::HasSubstr;

constexpr const char* kRules =
    "rules:\n"
    "  - {id: opted-out, when: {opted_out: true}, then: reject}\n"
    "  - {id: anything, when: {confidence: medium}, then: hold}\n";
constexpr const char* kReceived = "received: {keep_days: 90}\n";

const Found kPhone{"phone_number", "442079460018", 90, "ada@customer.test"};
const Found kCard{"payment_card_number", "4111111111111111", 95, "ada@customer.test"};

model::Permission permission(const std::string& recipient = "partner.test") {
  model::Permission one;
  one.id = "PM-00000001";
  one.subjects = {test_key().of("email_address", "ada@customer.test")};
  one.recipient = recipient;
  one.purpose = "delivery";
  one.evidence = "form 2026/117";
  return one;
}

model::Verdict decide(const std::vector<Found>& found, const model::Known& known,
                      const std::string& recipient = "x@partner.test",
                      const std::string& rest = "") {
  return policy(kRules + rest)
      .decide(mail("jane@example.com", {recipient}), report(found), known, kToday);
}

std::string why(const model::Verdict& verdict) {
  std::string text;
  for (const std::string& line : verdict.why) text += line + "\n";
  return text;
}

TEST(Permission, CoversTheDataOfItsSubjectAndIsNamed) {
  const auto verdict = decide({kPhone}, {{permission()}, {}});
  EXPECT_EQ(verdict.action, Action::kDeliver);
  EXPECT_THAT(why(verdict), HasSubstr("1 finding does not count for x@partner.test: "
                                      "permission PM-00000001 for delivery "
                                      "(form 2026/117)"));
}

TEST(Permission, CoversTheValueItWasGivenFor) {
  model::Permission one = permission();
  one.subjects = value_fingerprints(test_key(), "phone_number", "+44 20 7946 0018");
  Found found = kPhone;
  found.subject.clear();
  EXPECT_EQ(decide({found}, {{one}, {}}).action, Action::kDeliver);
}

TEST(Permission, CoversNobodyElse) {
  Found other = kPhone;
  other.subject = "bo@customer.test";
  EXPECT_EQ(decide({other}, {{permission()}, {}}).action, Action::kHold);
}

struct Uncovered {
  const char* name;
  void (*change)(model::Permission&);
};

class NotCovered : public testing::TestWithParam<Uncovered> {};

TEST_P(NotCovered, IsDisclosed) {
  model::Permission one = permission();
  GetParam().change(one);
  EXPECT_EQ(decide({kPhone}, {{one}, {}}).action, Action::kHold);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, NotCovered,
    testing::Values(
        Uncovered{"AnotherDomain", [](auto& one) { one.recipient = "else.test"; }},
        Uncovered{"ASubdomain", [](auto& one) { one.recipient = "*.partner.test"; }},
        Uncovered{"AnotherAddress", [](auto& one) { one.recipient = "y@partner.test"; }},
        Uncovered{"OtherData", [](auto& one) { one.entities = {"iban"}; }},
        Uncovered{"NotYet", [](auto& one) { one.from = "2026-11-25"; }},
        Uncovered{"NoLonger", [](auto& one) { one.until = "2026-11-23"; }},
        Uncovered{"Revoked", [](auto& one) { one.revoked_us = 1; }}),
    [](const auto& one) { return one.param.name; });

TEST(Permission, HoldsOnItsFirstAndItsLastDay) {
  model::Permission one = permission("*@partner.test");
  one.from = one.until = kToday;
  one.entities = {"phone_number", "iban"};
  EXPECT_EQ(decide({kPhone}, {{one}, {}}).action, Action::kDeliver);
}

TEST(Permission, LeavesOtherFindingsOfTheMailAsTheyAre) {
  Found other = kPhone;
  other.value = "442079460019";
  other.subject = "bo@customer.test";
  const auto verdict = decide({kPhone, other}, {{permission()}, {}});
  EXPECT_EQ(verdict.action, Action::kHold);
  EXPECT_EQ(verdict.recipients[0].disclosed, std::vector<std::uint32_t>{1});
}

TEST(OptOut, WinsOverAPermission) {
  model::Permission never = permission("*");
  never.id = "PM-00000002";
  never.kind = PermissionKind::kNever;
  const auto verdict = decide({kPhone}, {{permission(), never}, {}});
  EXPECT_EQ(verdict.action, Action::kReject);
  EXPECT_EQ(verdict.rule, "opted-out");
  EXPECT_THAT(why(verdict), HasSubstr("the data subject has forbidden it"));
}

TEST(OptOut, WinsOverAnAgreementWithAProcessor) {
  model::Permission never = permission("*");
  never.kind = PermissionKind::kNever;
  const Found ssn{"us_ssn", "219099999", 95, "ada@customer.test"};
  EXPECT_EQ(decide({ssn}, {}, "hr@payroll.test").action, Action::kDeliver);
  EXPECT_EQ(decide({ssn}, {{never}, {}}, "hr@payroll.test").action, Action::kReject);
}

TEST(OptOut, DoesNotKeepFromAPersonWhatIsTheirOwn) {
  model::Permission never = permission("*");
  never.kind = PermissionKind::kNever;
  EXPECT_EQ(decide({kPhone}, {{never}, {}}, "ada@customer.test").action,
            Action::kDeliver);
}

TEST(OptOut, SaysNothingAboutOtherPeople) {
  model::Permission never = permission("*");
  never.kind = PermissionKind::kNever;
  Found other = kPhone;
  other.subject = "bo@customer.test";
  EXPECT_EQ(decide({other}, {{never}, {}}).rule, "anything");
}

model::Known received(const Policy& policy, const std::string& sender,
                      const std::vector<Found>& found) {
  return {
      {},
      policy.received(mail(sender, {"jane@example.com"}), report(found), "2026-05-03")};
}

TEST(Received, IsNoNewsToItsSendersDomain) {
  const Policy rules = policy(std::string(kRules) + kReceived);
  const auto known = received(rules, "ann@partner.test", {kPhone});
  const auto verdict = rules.decide(mail("jane@example.com", {"x@partner.test"}),
                                    report({kPhone}), known, kToday);
  EXPECT_EQ(verdict.action, Action::kDeliver);
  EXPECT_THAT(why(verdict), HasSubstr("the recipient sent it on 2026-05-03"));
}

TEST(Received, IsNewsToOthers) {
  const Policy rules = policy(std::string(kRules) + kReceived);
  const auto known = received(rules, "ann@partner.test", {kPhone});
  EXPECT_EQ(rules
                .decide(mail("jane@example.com", {"x@else.test"}), report({kPhone}),
                        known, kToday)
                .action,
            Action::kHold);
}

TEST(Received, IsNewsToStrangersAtTheSameMailProvider) {
  const Policy rules = policy(std::string(kRules) + kReceived);
  const auto known = received(rules, "ann@gmail.com", {kPhone});
  const auto to = [&](const char* recipient) {
    return rules
        .decide(mail("jane@example.com", {recipient}), report({kPhone}), known, kToday)
        .action;
  };
  EXPECT_EQ(to("ann@gmail.com"), Action::kDeliver);
  EXPECT_EQ(to("bob@gmail.com"), Action::kHold);
}

TEST(Received, DoesNotExcuseCardsInTheClear) {
  const Policy rules = policy(std::string(kRules) + kReceived);
  const auto known = received(rules, "ann@partner.test", {kCard});
  EXPECT_EQ(rules
                .decide(mail("jane@example.com", {"x@partner.test"}), report({kCard}),
                        known, kToday)
                .action,
            Action::kHold);
}

TEST(Received, IsNotRememberedUnlessTheSettingsSaySo) {
  EXPECT_TRUE(policy(kRules)
                  .received(mail("ann@partner.test", {"jane@example.com"}),
                            report({kPhone}), kToday)
                  .empty());
  EXPECT_TRUE(
      policy(kRules)
          .questions(mail("jane@example.com", {"x@partner.test"}), report({kPhone}))
          .correspondents.empty());
}

TEST(Questions, AskForEachValueAndSubjectOnce) {
  const auto questions =
      policy(std::string(kRules) + kReceived)
          .questions(mail("jane@example.com", {"x@partner.test", "y@partner.test"}),
                     report({kPhone, kPhone, kCard}));
  EXPECT_EQ(questions.values.size(), 3U);  // a number, a card, a subject
  EXPECT_EQ(questions.correspondents.size(), 1U);
  EXPECT_TRUE(
      policy(kRules).questions(mail("a@example.com", {"b@c.test"}), report({})).empty());
}

}  // namespace
}  // namespace noshare::policy
