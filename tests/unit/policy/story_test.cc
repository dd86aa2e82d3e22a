// Stories: one mail, one policy, one verdict each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stories.h"

namespace noshare::policy {
namespace {

using model::Action;
using testing::HasSubstr;

const Found kCard{"payment_card_number", "4111111111111111"};
const Found kSsn{"us_ssn", "219099999"};
const Found kIban{"iban", "GB29NWBK60161331926819"};

std::vector<Found> addresses(int number) {
  std::vector<Found> list;
  for (int i = 0; i < number; ++i) {
    list.push_back({"email_address", "person" + std::to_string(i) + "@third.test"});
  }
  return list;
}

std::vector<Found> phones_in_signature(int number) {
  std::vector<Found> list;
  for (int i = 0; i < number; ++i) {
    list.push_back({"phone_number", "1571555" + std::to_string(1000 + i), 90, "",
                    model::Zone::kBody, true});
  }
  return list;
}

// Rules as they stand in the file; the message has one recipient, x@else.test.
struct Story {
  const char* name;
  const char* rules;
  std::vector<Found> found;
  Action action;
  const char* rule = "";
  const char* recipient = "x@else.test";
  void (*change)(model::ScanReport&) = nullptr;
};

class StoryOf : public testing::TestWithParam<Story> {};

TEST_P(StoryOf, Mail) {
  const Story& story = GetParam();
  model::ScanReport scanned = report(story.found);
  if (story.change != nullptr) story.change(scanned);
  const std::string rules =
      story.rules[0] == '\0' ? "" : std::string("rules:\n") + story.rules;
  const auto verdict =
      policy(rules).decide(mail("jane@example.com", {story.recipient}), scanned, kToday);
  EXPECT_EQ(verdict.action, story.action) << testing::PrintToString(verdict.why);
  EXPECT_EQ(verdict.rule, story.rule);
  EXPECT_EQ(verdict.recipients[0].rule, story.rule);
}

constexpr const char* kCards =
    "  - {id: cards, when: {entity: payment_card_number, confidence: high},\n"
    "     unless: {encrypted: true}, then: reject}\n";
constexpr const char* kList =
    "  - {id: list, when: {any_of: [email_address, phone_number], subjects: '>= 10'},\n"
    "     then: hold, hold: mta}\n";
constexpr const char* kAnyNumber = "  - {id: any, when: {confidence: low}, then: tag}\n";
constexpr const char* kGovernment =
    "  - {id: ids, when: {category: government_id}, then: reject}\n";

INSTANTIATE_TEST_SUITE_P(
    Rules, StoryOf,
    testing::Values(
        Story{"CleanMailPasses", kCards, {}, Action::kDeliver},
        Story{"CardIsRefused", kCards, {kCard}, Action::kReject, "cards"},
        Story{"UnsureCardPasses",
              kCards,
              {{"payment_card_number", "4111111111111111", 84}},
              Action::kDeliver},
        Story{"EncryptedCardPasses",
              kCards,
              {kCard},
              Action::kDeliver,
              "",
              "x@else.test",
              [](auto& r) { r.encrypted = true; }},
        Story{"OtherEntityPasses", kCards, {kIban}, Action::kDeliver},
        Story{"CardToColleaguePasses",
              kCards,
              {kCard},
              Action::kDeliver,
              "",
              "pat@example.com"},
        Story{"CardToAffiliatePasses",
              kCards,
              {kCard},
              Action::kDeliver,
              "",
              "a@example-group.test"},
        Story{"CardToForwardIsRefused",
              kCards,
              {kCard},
              Action::kReject,
              "cards",
              "list@example.com"},
        Story{"LowConfidenceCountsOnlyWhenAsked",
              "  - {id: any, when: {entity: iban}, then: tag}\n",
              {{"iban", "GB29NWBK60161331926819", 40}},
              Action::kDeliver},
        Story{"LowConfidenceCountsWhenAsked",
              kAnyNumber,
              {{"iban", "GB29NWBK60161331926819", 40}},
              Action::kTag,
              "any"},
        Story{"CategoryOfThePack", kGovernment, {kSsn}, Action::kReject, "ids"},
        Story{"OtherCategory", kGovernment, {kIban}, Action::kDeliver},
        Story{"NineSubjectsAreNoList", kList, addresses(9), Action::kDeliver},
        Story{"TenSubjectsAreAList", kList, addresses(10), Action::kHold, "list"},
        Story{"OneValueTenTimesIsOneSubject", kList,
              std::vector<Found>(10, {"email_address", "one@third.test"}),
              Action::kDeliver},
        Story{"SeveralNumbersOfOnePersonAreOneSubject",
              "  - {id: two, when: {entity: phone_number, subjects: 2}, then: tag}\n",
              {{"phone_number", "15715550199", 90, "one@third.test"},
               {"phone_number", "15715550198", 90, "one@third.test"}},
              Action::kDeliver},
        Story{"CountCountsFindings",
              "  - {id: c, when: {entity: iban, count: 2}, then: tag}\n",
              {kIban, kIban},
              Action::kTag,
              "c"},
        Story{"ValuesCountDifferentOnes",
              "  - {id: v, when: {entity: iban, values: 2}, then: tag}\n",
              {kIban, kIban},
              Action::kDeliver},
        Story{"AtMostHolds",
              "  - {id: few, when: {entity: iban, count: '<= 2'}, then: tag}\n",
              {kIban},
              Action::kTag,
              "few"},
        Story{"AtMostNeedsOne",
              "  - {id: few, when: {entity: iban, count: '<= 2'}, then: tag}\n",
              {},
              Action::kDeliver},
        Story{"ZoneMatches",
              "  - {id: z, when: {zone: subject}, then: tag}\n",
              {{"iban", "GB29NWBK60161331926819", 95, "", model::Zone::kSubject}},
              Action::kTag,
              "z"},
        Story{"OtherZone",
              "  - {id: z, when: {zone: subject}, then: tag}\n",
              {kIban},
              Action::kDeliver},
        Story{"SizeAlone",
              "  - {id: s, when: {size: '>= 4KB'}, then: tag}\n",
              {},
              Action::kTag,
              "s"},
        Story{"TooSmall",
              "  - {id: s, when: {size: '>= 1MB'}, then: tag}\n",
              {},
              Action::kDeliver},
        Story{"Unreadable",
              "  - {id: u, when: {unreadable: encrypted}, then: hold}\n",
              {},
              Action::kHold,
              "u",
              "x@else.test",
              [](auto& r) {
                r.unreadable.push_back(
                    {"2", "a.zip", model::UnreadableReason::kEncrypted, ""});
              }},
        Story{"UnreadableForAnotherReason",
              "  - {id: u, when: {unreadable: encrypted}, then: hold}\n",
              {},
              Action::kDeliver,
              "",
              "x@else.test",
              [](auto& r) {
                r.unreadable.push_back(
                    {"2", "a.zip", model::UnreadableReason::kCorrupt, ""});
              }},
        Story{"UnreadableToColleaguePasses",
              "  - {id: u, when: {unreadable: encrypted}, then: hold}\n",
              {},
              Action::kDeliver,
              "",
              "pat@example.com",
              [](auto& r) {
                r.unreadable.push_back(
                    {"2", "a.zip", model::UnreadableReason::kEncrypted, ""});
              }},
        Story{"SenderGlob",
              "  - {id: s, when: {sender: '*@example.com', entity: iban}, then: tag}\n",
              {kIban},
              Action::kTag,
              "s"},
        Story{"OtherSender",
              "  - {id: s, when: {sender: '*@sales.example.com'}, then: tag}\n",
              {kIban},
              Action::kDeliver},
        Story{"RecipientGlob",
              "  - {id: r, when: {recipient: '*@else.test', entity: iban}, then: tag}\n",
              {kIban},
              Action::kTag,
              "r"},
        Story{"UnlessRecipient",
              "  - {id: r, when: {entity: iban}, unless: {recipient: '*@else.test'}, "
              "then: tag}\n",
              {kIban},
              Action::kDeliver},
        Story{"UnlessAnotherFindingLeavesThisOne",
              "  - {id: r, when: {entity: iban}, unless: {entity: us_ssn}, then: tag}\n",
              {kIban, kSsn},
              Action::kTag,
              "r"},
        Story{"InboundRuleLeavesOutboundAlone",
              "  - {id: i, when: {direction: inbound, entity: iban}, then: tag}\n",
              {kIban},
              Action::kDeliver},
        Story{"StrictestWins",
              "  - {id: t, when: {entity: iban}, then: tag}\n"
              "  - {id: r, when: {entity: iban}, then: reject}\n"
              "  - {id: h, when: {entity: iban}, then: hold}\n",
              {kIban},
              Action::kReject,
              "r"},
        Story{"FirstAmongEquals",
              "  - {id: one, when: {entity: iban}, then: tag}\n"
              "  - {id: two, when: {entity: iban}, then: tag}\n",
              {kIban},
              Action::kTag,
              "one"},
        Story{"ProcessorMayHaveWhatIsAgreed",
              kGovernment,
              {kSsn},
              Action::kDeliver,
              "",
              "hr@payroll.test"},
        Story{"ProcessorMayNotHaveTheRest",
              kCards,
              {kCard},
              Action::kReject,
              "cards",
              "hr@payroll.test"}),
    [](const auto& c) { return c.param.name; });

constexpr const char* kContact =
    "  - {id: c, when: {any_of: [email_address, phone_number, person_name]}, then: "
    "tag}\n";

INSTANTIATE_TEST_SUITE_P(
    NotADisclosure, StoryOf,
    testing::Values(
        Story{"RecipientsOwnAddress",
              kContact,
              {{"email_address", "x@else.test"}},
              Action::kDeliver},
        Story{"RecipientsOwnNumber",
              kGovernment,
              {{"us_ssn", "219099999", 95, "x@else.test"}},
              Action::kDeliver},
        Story{"RecipientsOwnCardStaysEncrypted",
              kCards,
              {{"payment_card_number", "4111111111111111", 95, "x@else.test"}},
              Action::kReject,
              "cards"},
        Story{"SomebodyElsesNumber",
              kGovernment,
              {{"us_ssn", "219099999", 95, "other@third.test"}},
              Action::kReject,
              "ids"},
        Story{"SendersAddress",
              kContact,
              {{"email_address", "jane@example.com"}},
              Action::kDeliver},
        Story{"AuthorsName",
              kContact,
              {{"person_name", "jane roe"}},
              Action::kDeliver,
              "",
              "x@else.test",
              [](auto& r) {
                r.authors.push_back(test_key().of("person_name", "jane roe"));
              }},
        Story{"AuthorsPhone",
              kContact,
              {{"phone_number", "15715550199", 90, "jane@example.com"}},
              Action::kDeliver},
        Story{"AuthorsCardCounts",
              kCards,
              {{"payment_card_number", "4111111111111111", 95, "jane@example.com"}},
              Action::kReject,
              "cards"},
        Story{"PublishedPhone",
              kContact,
              {{"phone_number", "15715550100"}},
              Action::kDeliver},
        Story{"PublishedPhoneAsDialledAtHome",
              kContact,
              {{"phone_number", "5715550100"}},
              Action::kDeliver},
        Story{"AnotherPhone",
              kContact,
              {{"phone_number", "15715550101"}},
              Action::kTag,
              "c"},
        Story{"PublishedDomain",
              kContact,
              {{"email_address", "info@example.com"}},
              Action::kDeliver},
        Story{"OtherDomain",
              kContact,
              {{"email_address", "info@third.test"}},
              Action::kTag,
              "c"},
        Story{"Participant",
              kContact,
              {{"email_address", "pat@third.test"}},
              Action::kDeliver,
              "",
              "x@else.test",
              [](auto& r) {
                r.participants.push_back(
                    test_key().of("email_address", "pat@third.test"));
              }},
        Story{"Signature", kContact, phones_in_signature(3), Action::kDeliver},
        Story{"ListInTheSignature", kContact, phones_in_signature(13), Action::kTag, "c"},
        Story{"CardInTheSignature",
              kCards,
              {{"payment_card_number", "4111111111111111", 95, "", model::Zone::kBody,
                true}},
              Action::kReject,
              "cards"}),
    [](const auto& c) { return c.param.name; });

INSTANTIATE_TEST_SUITE_P(
    DefaultPolicy, StoryOf,
    testing::Values(
        Story{"Clean", "", {}, Action::kDeliver},
        Story{"Card", "", {kCard}, Action::kReject, "cards"},
        Story{"ThreeLikelyCards",
              "",
              {{"payment_card_number", "4111111111111111", 75},
               {"payment_card_number", "5555555555554444", 75},
               {"payment_card_number", "378282246310005", 75}},
              Action::kReject,
              "card-list"},
        Story{"OneLikelyCardIsNoted",
              "",
              {{"payment_card_number", "4111111111111111", 75}},
              Action::kTag,
              "note"},
        Story{"OneIdentityNumberIsHeld", "", {kSsn}, Action::kHold, "identity-numbers"},
        Story{"ThreeIdentityNumbers",
              "",
              {kSsn, {"us_ssn", "219099998"}, {"us_ssn", "219099997"}},
              Action::kReject,
              "identity-list"},
        Story{"OneAccountOnAnInvoiceIsNoted", "", {kIban}, Action::kTag, "note"},
        Story{"AFewContactsPass", "", addresses(5), Action::kDeliver},
        Story{"AContactList", "", addresses(10), Action::kTag, "contact-list"},
        Story{"AContactDatabase", "", addresses(50), Action::kHold, "contact-database"},
        Story{"Secret", "", {{"api_key", "abcdefgh1234"}}, Action::kHold, "credentials"},
        Story{"LockedArchive",
              "",
              {},
              Action::kHold,
              "locked",
              "x@else.test",
              [](auto& r) {
                r.unreadable.push_back(
                    {"2", "a.zip", model::UnreadableReason::kEncrypted, ""});
              }},
        Story{"EncryptedMessage",
              "",
              {},
              Action::kDeliver,
              "",
              "x@else.test",
              [](auto& r) {
                r.encrypted = true;
                r.unreadable.push_back(
                    {"1", "smime.p7m", model::UnreadableReason::kEncrypted, ""});
              }},
        Story{"DeadWorker",
              "",
              {},
              Action::kHold,
              "unread",
              "x@else.test",
              [](auto& r) {
                r.unreadable.push_back(
                    {"", "message", model::UnreadableReason::kWorkerDied, ""});
              }},
        Story{"Picture",
              "",
              {},
              Action::kTag,
              "unsupported",
              "x@else.test",
              [](auto& r) {
                r.unreadable.push_back(
                    {"2", "a.png", model::UnreadableReason::kUnsupported, "image/png"});
              }}),
    [](const auto& c) { return c.param.name; });

// What a disclosure is not gets its reason.
TEST(Allowances, NameFindingRecipientAndReason) {
  const auto verdict =
      policy(std::string("rules:\n") + kGovernment)
          .decide(mail("jane@example.com", {"hr@payroll.test"}), report({kSsn}), kToday);
  ASSERT_EQ(verdict.allowances.size(), 1U);
  EXPECT_EQ(verdict.allowances[0].finding, 0U);
  EXPECT_EQ(verdict.allowances[0].recipient, "hr@payroll.test");
  EXPECT_THAT(verdict.allowances[0].reason, HasSubstr("payroll"));
  EXPECT_TRUE(verdict.recipients[0].disclosed.empty());
}

// An umbrella in a rule or an agreement means every entity that stands under it.
model::ScanReport under_umbrella(const Found& found, const char* umbrella) {
  model::ScanReport scanned = report({found});
  scanned.entities[found.entity].umbrellas = {"some_other", umbrella};
  return scanned;
}

TEST(Umbrella, IsMeantByARuleThatNamesIt) {
  const Policy strict =
      policy("rules:\n  - {id: ids, when: {entity: national_id}, then: reject}\n");
  const auto mail_out = mail("jane@example.com", {"x@else.test"});
  EXPECT_EQ(strict.decide(mail_out, under_umbrella(kSsn, "national_id"), kToday).action,
            Action::kReject);
  EXPECT_EQ(strict.decide(mail_out, under_umbrella(kSsn, "tax_id"), kToday).action,
            Action::kDeliver);
  EXPECT_EQ(strict.decide(mail_out, report({kSsn}), kToday).action, Action::kDeliver);
}

TEST(Umbrella, CoversWhatAProcessorMayGet) {
  const Policy agreed = policy(
      "  - {domain: audit.test, entities: [national_id], purpose: audit}\n"
      "rules:\n  - {id: ids, when: {entity: us_ssn}, then: reject}\n");
  const auto mail_out = mail("jane@example.com", {"hr@audit.test"});
  EXPECT_EQ(agreed.decide(mail_out, under_umbrella(kSsn, "national_id"), kToday).action,
            Action::kDeliver);
  EXPECT_EQ(agreed.decide(mail_out, report({kSsn}), kToday).action, Action::kReject);
}

}  // namespace
}  // namespace noshare::policy
