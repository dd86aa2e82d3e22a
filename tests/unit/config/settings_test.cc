// noshare.yaml as values: the sample of the design, defaults, and every kind of slip.
#include "noshare/config/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/config/keys.h"

namespace noshare::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kDesignSample = R"yaml(
# /etc/noshare/noshare.yaml
mode: enforce                        # monitor | enforce
milter: {socket: "unix:/run/noshare/noshare.sock"}   # or inet:127.0.0.1:8899
workers: auto                        # one per core
store: {sqlite: /var/lib/noshare/noshare.db}
vault: /var/lib/noshare/vault
metrics: 127.0.0.1:9899
organisation:
  domains: [example.com, "*.example.com"]
  affiliates: [example-group.test]
  own_data: {phone_number: ["+1 571 555 0100"], email_address: ["*@example.com"]}
processors:
  - {domain: payroll.test, entities: [us_ssn, iban], purpose: payroll, until: 2027-12-31}
rules:
  - id: cards
    when: {entity: payment_card_number, confidence: high}
    unless: {encrypted: true}
    then: reject
    reply: "this message shows {count} payment card number(s) ({masked}) to {recipient_domain}"
  - id: customer-records
    when: {entity: customer_record, subjects: ">= 1"}
    then: hold
  - id: contact-list
    when: {any_of: [email_address, phone_number, street_address, person_name], subjects: ">= 10"}
    then: hold
  - id: unread
    when: {unreadable: [encrypted, corrupt, timed_out, worker_died]}
    then: hold
  - id: note
    when: {confidence: ">= medium"}
    then: tag
on_failure: defer                    # defer | deliver, when no verdict could be reached
)yaml";

TEST(Settings, ReadTheSampleOfTheDesign) {
  const auto settings = parse_settings(kDesignSample, "noshare.yaml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->milter.socket.libmilter_form(), "unix:/run/noshare/noshare.sock");
  EXPECT_EQ(settings->workers, 0U);
  EXPECT_EQ(settings->vault, "/var/lib/noshare/vault");
  ASSERT_TRUE(settings->metrics);
  EXPECT_EQ(settings->metrics->port, 9899);
  EXPECT_THAT(settings->organisation.own_data.at("phone_number"),
              ElementsAre("+1 571 555 0100"));
  ASSERT_EQ(settings->processors.size(), 1U);
  EXPECT_EQ(settings->processors[0].until, "2027-12-31");
  ASSERT_EQ(settings->rules.size(), 5U);
  EXPECT_EQ(settings->rules[0].when.least_confidence, 85);
  EXPECT_EQ(settings->rules[0].unless->encrypted, true);
  EXPECT_TRUE(settings->rules[2].when.subjects->holds(10));
  EXPECT_FALSE(settings->rules[2].when.subjects->holds(9));
  EXPECT_THAT(
      settings->rules[3].when.unreadable,
      ElementsAre(model::UnreadableReason::kEncrypted, model::UnreadableReason::kCorrupt,
                  model::UnreadableReason::kTimedOut,
                  model::UnreadableReason::kWorkerDied));
  EXPECT_EQ(settings->rules[4].when.least_confidence, 65);
  EXPECT_EQ(settings->rules[4].line, 30);
}

TEST(Settings, NeedOnlyMilterAndOrganisation) {
  const auto settings = parse_settings(
      "milter: {socket: 'inet:127.0.0.1:8899'}\norganisation: {domains: [example.com]}\n",
      "noshare.yaml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->milter.socket.libmilter_form(), "inet:8899@127.0.0.1");
  EXPECT_EQ(settings->rules, default_rules());
  EXPECT_EQ(settings->mode, Mode::kEnforce);
  EXPECT_EQ(settings->packs.size(), 1U);
}

TEST(Settings, GiveEqualTextsEqualVersions) {
  const auto version = [](const std::string& text) {
    return parse_settings(text, "a.yaml")->version;
  };
  const std::string text = "organisation: {domains: [example.com]}\n";
  EXPECT_EQ(version(text), version(text));
  EXPECT_NE(version(text), version(text + "mode: monitor\n"));
  EXPECT_EQ(version(text).size(), 12U);
}

TEST(Settings, TakeRelativePathsFromTheFolderOfTheFile) {
  const auto settings = parse_settings(
      "organisation: {domains: [example.com]}\nvault: vault\npacks: [../packs]\n",
      "/etc/noshare/noshare.yaml");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->vault, "/etc/noshare/vault");
  EXPECT_EQ(settings->packs[0], "/etc/packs");
}

TEST(Settings, TellSeveralFaultsAtOnceInOrderOfPlace) {
  const auto settings = parse_settings(
      "mode: enforced\norganisation:\n  domains: [example.com]\n  netwroks: "
      "[192.0.2.0/24]\n",
      "n.yaml");
  ASSERT_FALSE(settings);
  EXPECT_EQ(
      settings.error().message,
      "n.yaml:1:7: mode: unknown value 'enforced', expected one of monitor, enforce; "
      "did you mean 'enforce'?\n"
      "n.yaml:4:3: organisation: unknown key 'netwroks', expected one of domains, "
      "affiliates, forwards, networks, own_data; did you mean 'networks'?");
}

struct Slip {
  const char* name;
  std::string text;  // appended to a file that is good so far
  const char* error;
};

class SettingsSlip : public testing::TestWithParam<Slip> {};

TEST_P(SettingsSlip, IsExplained) {
  const auto settings = parse_settings(
      "organisation: {domains: [example.com]}\n" + GetParam().text, "n.yaml");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, ErrorCode::kInvalidInput);
  EXPECT_THAT(settings.error().message, HasSubstr(GetParam().error));
}

std::string rule(const std::string& rest) {
  return "rules:\n  - id: one\n    when: {entity: iban}\n" + rest;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SettingsSlip,
    testing::Values(
        Slip{"UnknownKey", "workres: 2\n", "n.yaml:2:1: unknown key 'workres'"},
        Slip{"UnknownKeyIsGuessed", "workres: 2\n", "did you mean 'workers'?"},
        Slip{"KeyTwice", "workers: 2\nworkers: 3\n",
             "n.yaml:3:1: the key 'workers' occurs twice"},
        Slip{"WrongType", "workers: [1]\n",
             "n.yaml:2:10: workers: expected one value, found a list"},
        Slip{"NotANumber", "workers: two\n", "expected a whole number from 1 to 1024"},
        Slip{"ValueForSection", "milter: yes\n", "milter: expected a section"},
        Slip{"BadSocket", "milter: {socket: /run/x}\n", "expected a socket such as"},
        Slip{"RelativeSocket", "milter: {socket: 'unix:x'}\n", "absolute path"},
        Slip{"BadPort", "milter: {socket: 'inet:localhost:99999'}\n",
             "port from 1 to 65535"},
        Slip{"BadTime", "milter: {socket: 'unix:/x', queue_time: 5 days}\n",
             "a time such as"},
        Slip{"BadSize", "limits: {message_size: huge}\n", "a size such as"},
        Slip{"BadMetrics", "metrics: 9899\n", "an address and a port"},
        Slip{"NoSuchDay",
             "processors: [{domain: p.test, entities: [iban], until: 2027-02-30}]\n",
             "no such day in the calendar"},
        Slip{"NoDate", "processors: [{domain: p.test, entities: [iban], until: soon}]\n",
             "a day such as 2027-12-31"},
        Slip{"ProcessorWithoutDomain", "processors: [{entities: [iban]}]\n",
             "'domain' is missing"},
        Slip{"UnknownAction", rule("    then: bounce\n"),
             "n.yaml:5:11: rules[].then: unknown value 'bounce'"},
        Slip{"RuleWithoutAction", rule(""), "'then' is missing"},
        Slip{"HoldOnReject", rule("    then: reject\n    hold: mta\n"),
             "'hold' says how"},
        Slip{"ReplyOnTag", rule("    then: tag\n    reply: no\n"),
             "'reply' is sent with"},
        Slip{"PrefixOnReject", rule("    then: reject\n    subject_prefix: x\n"),
             "belongs to tag"},
        Slip{"UnknownPlaceholder", rule("    then: reject\n    reply: '{cuont}'\n"),
             "did you mean '{count}'?"},
        Slip{"OpenPlaceholder", rule("    then: reject\n    reply: '{count'\n"),
             "'{' without"},
        Slip{"ReplyNotAscii", rule("    then: reject\n    reply: 'für'\n"),
             "printable ASCII"},
        Slip{"IdTwice",
             rule("    then: tag\n  - {id: one, when: {entity: x}, then: tag}\n"),
             "the id 'one' is taken by the rule in line 3"},
        Slip{"EmptyWhen", "rules: [{id: a, when: {}, then: tag}]\n",
             "at least one condition"},
        Slip{"NoRules", "rules: []\n", "expected a list of sections"},
        Slip{"BadThreshold", "rules: [{id: a, when: {count: many}, then: tag}]\n",
             "expected a number such as 10"},
        Slip{"ThresholdNeverHolds", "rules: [{id: a, when: {count: '< 1'}, then: tag}]\n",
             "can never hold"},
        Slip{"BadConfidence", "rules: [{id: a, when: {confidence: very}, then: tag}]\n",
             "expected low, medium, high"},
        Slip{"UnknownZone", "rules: [{id: a, when: {zone: bdoy}, then: tag}]\n",
             "did you mean 'body'?"},
        Slip{"UnknownReason",
             "rules: [{id: a, when: {unreadable: crypted}, then: tag}]\n",
             "did you mean 'encrypted'?"},
        Slip{"UnlessHasTheKeysOfWhen",
             rule("    unless: {encripted: true}\n    then: tag\n"),
             "rules[].unless: unknown key 'encripted'"},
        Slip{"Tab", "milter:\n\tsocket: x\n", "n.yaml:3:1: a tab in the indentation"},
        Slip{"NotUtf8", "vault: /v\xff\n", "n.yaml:2:10: not UTF-8"},
        Slip{"NulByte", std::string("vault: a\0b\n", 11), "a NUL byte"},
        Slip{"Anchor", "vault: &v /x\ncache: *v\n", "anchors (&) and aliases (*)"},
        Slip{"Unclosed", "milter: {socket: x\n", "n.yaml:"},
        Slip{"TwoDocuments", "---\nmode: monitor\n", "more than one YAML document"},
        Slip{"DeepNesting", "log: " + std::string(99, '[') + std::string(99, ']') + "\n",
             "nested too deeply"},
        Slip{"EndlessNesting", "log: " + std::string(9999, '[') + "\n",
             "nested too deeply"}),
    [](const auto& c) { return c.param.name; });

struct WholeFile {
  const char* name;
  std::string text;
  const char* error;
};
class SettingsFile : public testing::TestWithParam<WholeFile> {};

TEST_P(SettingsFile, IsRefused) {
  const auto settings = parse_settings(GetParam().text, "n.yaml");
  ASSERT_FALSE(settings);
  EXPECT_THAT(settings.error().message, HasSubstr(GetParam().error));
}

// Each line doubles the one before; read naively it stands for 2^40 nodes.
std::string alias_bomb() {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + last +
            ", *a" + last + "]\n";
  }
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SettingsFile,
    testing::Values(
        WholeFile{"Empty", "", "the file is empty"},
        WholeFile{"OnlyComments", "# nothing\n", "the file is empty"},
        WholeFile{"List", "- a\n- b\n", "not a list of keys"},
        WholeFile{"NoOrganisation", "mode: monitor\n", "'organisation' is missing"},
        WholeFile{"NoDomains", "organisation: {networks: [192.0.2.0/24]}\n",
                  "'domains' is missing"},
        WholeFile{"BadDomain", "organisation: {domains: ['exa mple']}\n",
                  "expected a domain such as"},
        WholeFile{"AddressForDomain", "organisation: {domains: ['a@example.com']}\n",
                  "expected a domain such as"},
        WholeFile{"BadNetwork",
                  "organisation: {domains: [example.com], networks: [192.0.2.0/33]}\n",
                  "expected a network such as"},
        WholeFile{"NetworkWithHostBits",
                  "organisation: {domains: [example.com], networks: [192.0.2.1/24]}\n",
                  "bits set behind its prefix"},
        WholeFile{
            "StarInOwnPhone",
            "organisation: {domains: [example.com], own_data: {phone_number: ['+1*']}}\n",
            "only e-mail addresses"},
        WholeFile{"AliasBomb", alias_bomb(), "anchors (&) and aliases (*)"},
        WholeFile{"Enormous", std::string((4U << 20) + 1, '#'), "expected at most"}),
    [](const auto& c) { return c.param.name; });

TEST(UnknownNames, AnUmbrellaHasNoValuesThatCouldBePublished) {
  auto settings = parse_settings(
      "organisation: {domains: [example.com], own_data: {ip_address: [192.0.2.1]}}\n"
      "rules:\n  - {id: a, when: {entity: ip_address}, then: tag}\n",
      "n.yaml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_THAT(unknown_names(*settings, {{"ip_address"}, {}, {"ip_address"}}),
              ElementsAre(HasSubstr("'ip_address' stands for several entities")));
}

TEST(UnknownNames, AreToldWithTheRuleAndAGuess) {
  auto settings = parse_settings(
      "organisation: {domains: [example.com]}\nrules:\n"
      "  - {id: a, when: {entity: ibn}, then: tag}\n"
      "  - {id: b, when: {category: finance}, unless: {entity: iban}, then: tag}\n"
      "  - {id: c, when: {entity: customer_record}, then: tag}\n",
      "n.yaml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_THAT(unknown_names(*settings, {{"iban", "us_ssn"}, {"financial"}}),
              ElementsAre(HasSubstr("n.yaml:3: rule 'a': unknown entity 'ibn'"),
                          HasSubstr("n.yaml:4: rule 'b': unknown category 'finance'")));
}

}  // namespace
}  // namespace noshare::config
