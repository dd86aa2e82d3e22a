// The shipped default policy: what an ordinary company can switch on without drowning.
//
// In:  nothing     Out: rules, read by the same parser as a file's own
// deploy/config/noshare.yaml shows the same rules with comments; a test compares them.
// Contact data alone is part of nearly every business mail, so it counts only as a list;
// a bank account stands on every invoice, so only several of them are held.
#include "noshare/base/assert.h"

#include "config/settings_parser.h"

namespace noshare::config {

namespace {

constexpr const char* kDefaultPolicy = R"yaml(
organisation: {domains: [example.com]}
rules:
  - id: cards
    when: {entity: payment_card_number, confidence: high}
    unless: {encrypted: true}
    then: reject
    reply: "this message shows {count} payment card number(s) ({masked}) to {recipient_domain}; remove or encrypt them"
  - id: card-list
    when: {entity: payment_card_number, confidence: medium, values: ">= 3"}
    unless: {encrypted: true}
    then: reject
    reply: "this message shows {values} numbers that look like payment cards ({masked}) to {recipient_domain}"
  - id: identity-list
    when: {category: [government_id, health], confidence: high, values: ">= 3"}
    then: reject
    reply: "this message shows {values} identity numbers ({masked}) to {recipient_domain}"
  - id: identity-numbers
    when: {category: [government_id, health], confidence: high}
    then: hold
  - id: credentials
    when: {category: credential, confidence: high}
    then: hold
  - id: opted-out
    when: {opted_out: true, confidence: medium}
    then: reject
    reply: "a person whose data ({title}) are in this message to {recipient_domain} has forbidden to share them"
  - id: customer-records
    when: {entity: customer_record, confidence: high}
    then: hold
  - id: small-groups
    when: {entity: small_group, confidence: high, group_size: "< 5"}
    then: hold
  - id: bank-accounts
    when: {category: financial, confidence: high, values: ">= 4"}
    then: hold
  - id: contact-database
    when:
      any_of: [email_address, phone_number, street_address, person_name]
      confidence: medium
      subjects: ">= 50"
    then: hold
  - id: contact-list
    when:
      any_of: [email_address, phone_number, street_address, person_name]
      confidence: medium
      subjects: ">= 10"
    then: tag
  - id: locked
    when: {unreadable: encrypted}
    unless: {encrypted: true}
    then: hold
  - id: unread
    when:
      unreadable: [corrupt, too_large, too_deep, too_many, timed_out, out_of_memory, worker_died]
    then: hold
  - id: unsupported
    when: {unreadable: [unsupported, ambiguous]}
    then: tag
  - id: note
    when:
      category: [payment, financial, government_id, tax, health, credential]
      confidence: medium
    then: tag
  - id: birth-dates
    when: {entity: date_of_birth, confidence: medium}
    then: tag
)yaml";

}  // namespace

std::vector<Rule> default_rules() {
  const auto settings = read_settings(kDefaultPolicy, "default policy");
  NOSHARE_ASSERT(settings.has_value());
  return settings->rules;
}

}  // namespace noshare::config
