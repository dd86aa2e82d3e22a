// Verdicts as a whole: several recipients, what an action needs, what is recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stories.h"

namespace noshare::policy {
namespace {

using model::Action;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Found kCard{"payment_card_number", "4111111111111111"};
const Found kSsn{"us_ssn", "219099999"};
const Found kIban{"iban", "GB29NWBK60161331926819"};

constexpr const char* kCards =
    "  - {id: cards, when: {entity: payment_card_number, confidence: high},\n"
    "     unless: {encrypted: true}, then: reject}\n";

TEST(MixedRecipients, RejectConcernsTheMessageAndNamesWhoIsThird) {
  const auto verdict =
      policy(std::string("rules:\n") + kCards)
          .decide(mail("jane@example.com", {"pat@example.com", "x@else.test"}),
                  report({kCard}), kToday);
  EXPECT_EQ(verdict.action, Action::kReject);
  EXPECT_EQ(verdict.recipients[0].action, Action::kDeliver);
  EXPECT_EQ(verdict.recipients[1].action, Action::kReject);
  EXPECT_THAT(verdict.recipients[1].disclosed, ElementsAre(0));
  EXPECT_THAT(verdict.reply, HasSubstr("else.test"));
  EXPECT_THAT(verdict.reply, Not(HasSubstr("example.com")));
}

constexpr const char* kDrop =
    "rules:\n  - {id: drop, when: {entity: payment_card_number}, then: drop_recipient}\n";

TEST(MixedRecipients, DropConcernsOnlyTheThirdParties) {
  const auto verdict =
      policy(kDrop).decide(mail("jane@example.com", {"pat@example.com", "x@else.test"}),
                           report({kCard}), kToday);
  EXPECT_EQ(verdict.action, Action::kDropRecipient);
  EXPECT_EQ(verdict.recipients[0].action, Action::kDeliver);
  EXPECT_EQ(verdict.recipients[1].action, Action::kDropRecipient);
}

TEST(MixedRecipients, AreRefusedWhenNobodyWouldBeLeft) {
  const auto verdict = policy(kDrop).decide(mail("jane@example.com", {"x@else.test"}),
                                            report({kCard}), kToday);
  EXPECT_EQ(verdict.action, Action::kReject);
  EXPECT_THAT(verdict.reply, testing::StartsWith("550 5.7.1 "));
}

constexpr const char* kRedactSsn =
    "  - {id: mask, when: {entity: us_ssn}, then: redact}\n";

TEST(Redact, NamesThePlacesOfWhatTheRuleCounted) {
  auto scanned = report({kSsn, kIban});
  scanned.findings[0].start = 7;
  scanned.findings[0].end = 16;
  const auto verdict =
      policy(std::string("rules:\n") + kRedactSsn)
          .decide(mail("jane@example.com", {"x@else.test"}), scanned, kToday);
  EXPECT_EQ(verdict.action, Action::kRedact);
  EXPECT_THAT(verdict.redactions,
              ElementsAre(model::MaskTarget{"1", "body", model::Zone::kBody, 7, 16}));
}

// Of a value that is masked no place may show it, however sure the filter is of that one.
TEST(Redact, NamesEachPlaceOfAValue) {
  auto scanned = report({kSsn, kSsn, kIban});
  scanned.findings[1].start = 7;
  scanned.findings[1].end = 16;
  scanned.findings[1].confidence = 20;
  const auto verdict =
      policy(std::string("rules:\n") + kRedactSsn)
          .decide(mail("jane@example.com", {"x@else.test"}), scanned, kToday);
  EXPECT_EQ(verdict.action, Action::kRedact);
  ASSERT_EQ(verdict.redactions.size(), 2U);
  EXPECT_EQ(verdict.redactions[1],
            (model::MaskTarget{"1", "body", model::Zone::kBody, 7, 16}));
}

TEST(Redact, HoldsSignedMailInstead) {
  auto scanned = report({kSsn});
  scanned.is_signed = true;
  const auto verdict =
      policy(std::string("rules:\n") + kRedactSsn)
          .decide(mail("jane@example.com", {"x@else.test"}), scanned, kToday);
  EXPECT_EQ(verdict.action, Action::kHold);
  EXPECT_TRUE(verdict.hold_by_mta);
}

// Nobody may get what another's redaction would have masked.
TEST(Redact, HoldsWhenOthersAreDropped) {
  const auto verdict =
      policy(
          "rules:\n"
          "  - {id: mask, when: {entity: us_ssn, recipient: '*@a.test'}, then: redact}\n"
          "  - {id: drop, when: {entity: us_ssn, recipient: '*@b.test'},\n"
          "     then: drop_recipient}\n")
          .decide(mail("jane@example.com", {"x@a.test", "y@b.test"}), report({kSsn}),
                  kToday);
  EXPECT_EQ(verdict.action, Action::kHold);
}

TEST(Hold, UsesTheVaultOnlyWhereThereIsOne) {
  const std::string rules = "rules: [{id: h, when: {entity: iban}, then: hold}]\n";
  const auto envelope = mail("jane@example.com", {"x@else.test"});
  EXPECT_TRUE(policy(rules).decide(envelope, report({kIban}), kToday).hold_by_mta);
  EXPECT_FALSE(policy("vault: /v\n" + rules)
                   .decide(envelope, report({kIban}), kToday)
                   .hold_by_mta);
}

TEST(Tag, CarriesThePrefixOfItsRule) {
  const auto verdict =
      policy(
          "rules: [{id: t, when: {entity: iban}, then: tag, subject_prefix: '[pii] '}]\n")
          .decide(mail("jane@example.com", {"x@else.test"}), report({kIban}), kToday);
  EXPECT_EQ(verdict.subject_prefix, "[pii] ");
}

TEST(EveryMatchingRule, IsRecorded) {
  const auto verdict =
      policy(
          "rules:\n"
          "  - {id: t, when: {entity: iban}, then: tag}\n"
          "  - {id: no, when: {entity: us_ssn}, then: reject}\n"
          "  - {id: r, when: {entity: iban}, then: reject}\n")
          .decide(mail("jane@example.com", {"x@else.test"}), report({kIban}), kToday);
  EXPECT_THAT(verdict.recipients[0].rules, ElementsAre("t", "r"));
}

TEST(Monitor, SaysWhatWouldHaveHappened) {
  const auto verdict =
      policy("mode: monitor\n")
          .decide(mail("jane@example.com", {"x@else.test"}), report({kCard}), kToday);
  EXPECT_TRUE(verdict.monitor);
  EXPECT_EQ(verdict.action, Action::kReject);
}

TEST(InboundMail, IsJudgedOnlyByRulesForIt) {
  auto envelope = mail("x@else.test", {"jane@example.com"});
  envelope.authenticated_user.clear();
  envelope.client_address = "198.51.100.1";
  EXPECT_EQ(policy().decide(envelope, report({kCard}), kToday).action, Action::kDeliver);
  const auto verdict =
      policy(
          "rules: [{id: in, when: {direction: inbound, entity: payment_card_number}, "
          "unless: {encrypted: true}, then: tag}]\n")
          .decide(envelope, report({kCard}), kToday);
  EXPECT_EQ(verdict.action, Action::kTag);
  EXPECT_EQ(verdict.direction, model::Direction::kInbound);
}

TEST(Verdict, IsTheSameForTheSameInputs) {
  const auto one = policy();
  const auto envelope = mail("jane@example.com", {"x@else.test", "pat@example.com"});
  const auto scanned = report({kCard, kSsn, kIban});
  const auto first = one.decide(envelope, scanned, kToday);
  const auto second = one.decide(envelope, scanned, kToday);
  EXPECT_EQ(first.why, second.why);
  EXPECT_EQ(first.reply, second.reply);
}

}  // namespace
}  // namespace noshare::policy
