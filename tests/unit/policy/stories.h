// Stories: short ways to say who sends what to whom, for the tests of the policy.
//
// In:  values as a test writes them     Out: Settings, Envelopes and ScanReports with
// fingerprints under one key, as a worker would make them
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "noshare/policy/policy.h"

namespace noshare::policy {

inline const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

// One finding of a story. `subject` is an address whose datum it is.
struct Found {
  std::string entity;
  std::string value;
  int confidence = 95;
  std::string subject = {};
  model::Zone zone = model::Zone::kBody;
  bool in_signature = false;
};

inline std::vector<std::string> categories_of(const std::string& entity) {
  if (entity == "payment_card_number") return {"payment"};
  if (entity == "iban") return {"financial"};
  if (entity == "us_ssn") return {"government_id"};
  if (entity == "person_name") return {"name"};
  if (entity == "street_address") return {"address"};
  if (entity == "api_key") return {"credential"};
  return {"contact"};
}

inline model::Finding finding(const Found& found) {
  model::Finding one;
  one.entity = found.entity;
  one.confidence = found.confidence;
  one.part = "1";
  one.path = "body";
  one.zone = found.zone;
  one.masked = "****" + found.value.substr(found.value.size() - 4);
  one.fingerprint = test_key().of(found.entity, found.value);
  if (found.entity == "email_address") {
    one.group_fingerprint = test_key().of("domain", address_domain(found.value));
  }
  if (!found.subject.empty()) {
    one.subject_fingerprint = test_key().of("email_address", found.subject);
  }
  one.in_signature = found.in_signature;
  return one;
}

inline model::ScanReport report(const std::vector<Found>& found) {
  model::ScanReport result;
  result.bytes = 5000;
  for (const Found& one : found) {
    result.findings.push_back(finding(one));
    result.entities[one.entity] = {"Title of " + one.entity, categories_of(one.entity)};
  }
  return result;
}

inline model::Envelope mail(const std::string& sender,
                            const std::vector<std::string>& recipients) {
  model::Envelope envelope;
  envelope.sender = sender;
  envelope.recipients = recipients;
  envelope.authenticated_user = "jane";
  return envelope;
}

inline config::Settings settings(const std::string& rest = "") {
  const auto parsed = config::parse_settings(
      "organisation:\n"
      "  domains: [example.com, '*.example.com']\n"
      "  affiliates: [example-group.test]\n"
      "  forwards: [list@example.com]\n"
      "  networks: [192.0.2.0/24, '2001:db8::/32']\n"
      "  own_data: {phone_number: ['+1 571 555 0100'], email_address: "
      "['*@example.com']}\n"
      "processors:\n"
      "  - {domain: payroll.test, entities: [us_ssn, iban], purpose: payroll,\n"
      "     until: 2027-12-31}\n" +
          rest,
      "test.yaml");
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
  return *parsed;
}

inline Policy policy(const std::string& rest = "") {
  return *Policy::create(settings(rest), test_key());
}

constexpr const char* kToday = "2026-11-24";

}  // namespace noshare::policy
