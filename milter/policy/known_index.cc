// KnownIndex: see known_index.h.
#include "policy/known_index.h"

#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"
#include "noshare/policy/lawful.h"

namespace noshare::policy {

namespace {

constexpr std::size_t kDayChars = 10;  // "2026-11-24"

// "partner.test" and "*.partner.test" mean domains, "*@partner.test" addresses.
bool is_meant(const std::string& glob, const std::string& address) {
  const bool of_addresses = glob.find('@') != std::string::npos;
  return glob == "*" ||
         glob_match(glob, of_addresses ? address : address_domain(address));
}

// A match with the organisation's own customers: its fingerprint is the customer's.
bool is_customer(const model::ScanReport& report, const model::Finding& finding) {
  const auto info = report.entities.find(finding.entity);
  return info != report.entities.end() &&
         std::find(info->second.categories.begin(), info->second.categories.end(),
                   "customer") != info->second.categories.end();
}

}  // namespace

KnownIndex::KnownIndex(const model::Known& known, const model::Envelope& envelope,
                       const model::ScanReport& report, const FingerprintKey& key,
                       const std::string& now)
    : report_(report), exclusions_(known.exclusions), today_(now.substr(0, kDayChars)) {
  for (const model::Permission& one : known.permissions) {
    for (const Fingerprint& subject : one.subjects) permissions_[subject].push_back(&one);
  }
  for (const model::Received& one : known.received) received_[one.value].push_back(&one);
  for (const model::Finding& one : report.findings) {
    if (!one.subject_fingerprint.is_null() && is_customer(report, one)) {
      customers_[one.subject_fingerprint].push_back(one.fingerprint);
    }
  }
  for (const model::LawfulDisclosure& one : known.disclosures) {
    const std::string signature = disclosure_signature(key, one);
    const std::string token = one.id + "-" + signature;
    const bool named =
        std::find(report.tags.begin(), report.tags.end(), token) != report.tags.end();
    // RFC 3339 in UTC compares as text.
    const bool in_time = one.closed_us == 0 && now < rfc3339_utc(one.expires_us);
    const bool by_sender = one.sender.empty() || normalised_address(one.sender) ==
                                                     normalised_address(envelope.sender);
    if (named && in_time && by_sender) lawful_.push_back(&one);
  }
}

const model::LawfulDisclosure* KnownIndex::lawful(const model::Finding& finding,
                                                  const std::string& recipient) const {
  for (const model::LawfulDisclosure* one : lawful_) {
    const bool covered =
        one->entities.empty() || names_entity(report_, finding, one->entities);
    if (covered && is_meant(one->recipient, recipient)) return one;
  }
  return nullptr;
}

bool KnownIndex::covers(const model::Permission& permission,
                        const model::Finding& finding,
                        const std::string& recipient) const {
  return permission.revoked_us == 0 &&
         // Days in ISO 8601 compare as texts.
         (permission.from.empty() || permission.from <= today_) &&
         (permission.until.empty() || permission.until >= today_) &&
         (permission.entities.empty() ||
          names_entity(report_, finding, permission.entities)) &&
         is_meant(permission.recipient, recipient);
}

const model::Permission* KnownIndex::about(const Fingerprint& value,
                                           model::PermissionKind kind,
                                           const model::Finding& finding,
                                           const std::string& recipient) const {
  const auto known = permissions_.find(value);
  if (value.is_null() || known == permissions_.end()) return nullptr;
  for (const model::Permission* one : known->second) {
    if (one->kind == kind && covers(*one, finding, recipient)) return one;
  }
  return nullptr;
}

const model::Permission* KnownIndex::permission(model::PermissionKind kind,
                                                const model::Finding& finding,
                                                const std::string& recipient) const {
  for (const Fingerprint* value : {&finding.fingerprint, &finding.subject_fingerprint}) {
    if (const auto* one = about(*value, kind, finding, recipient)) return one;
  }
  const auto customers = customers_.find(finding.subject_fingerprint);
  if (customers == customers_.end()) return nullptr;
  for (const Fingerprint& customer : customers->second) {
    if (const auto* one = about(customer, kind, finding, recipient)) return one;
  }
  return nullptr;
}

const model::Received* KnownIndex::received(const model::Finding& finding,
                                            const Fingerprint& correspondent) const {
  const auto known = received_.find(finding.fingerprint);
  if (known == received_.end()) return nullptr;
  const auto same = std::find_if(
      known->second.begin(), known->second.end(),
      [&](const model::Received* one) { return one->correspondent == correspondent; });
  return same == known->second.end() ? nullptr : *same;
}

const model::Exclusion* KnownIndex::exclusion(const model::Finding& finding,
                                              const std::string& sender,
                                              const std::string& recipient) const {
  const auto covers = [&](const model::Exclusion& one) {
    return one.entity == finding.entity &&
           (one.value.is_null() || one.value == finding.fingerprint) &&
           (one.sender.empty() || one.sender == normalised_address(sender)) &&
           (one.recipient_domain.empty() ||
            one.recipient_domain == address_domain(recipient));
  };
  const auto found = std::find_if(exclusions_.begin(), exclusions_.end(), covers);
  return found == exclusions_.end() ? nullptr : &*found;
}

bool names_entity(const model::ScanReport& report, const model::Finding& finding,
                  const std::vector<std::string>& named) {
  const auto is_named = [&](const std::string& entity) {
    return std::find(named.begin(), named.end(), entity) != named.end();
  };
  if (is_named(finding.entity)) return true;
  const auto info = report.entities.find(finding.entity);
  return info != report.entities.end() &&
         std::any_of(info->second.umbrellas.begin(), info->second.umbrellas.end(),
                     is_named);
}

std::string describe(const model::Permission& permission) {
  std::string text = "permission " + permission.id;
  if (!permission.purpose.empty()) text += " for " + permission.purpose;
  if (!permission.until.empty()) text += " until " + permission.until;
  if (!permission.evidence.empty()) text += " (" + permission.evidence + ")";
  return text;
}

std::string describe(const model::LawfulDisclosure& one) {
  std::string text = "lawful disclosure " + one.id;
  if (!one.case_reference.empty()) text += ", case " + one.case_reference;
  return text + ", approved by " + one.approver;
}

std::vector<std::string> disclosure_ids(const model::ScanReport& report) {
  constexpr std::size_t kIdChars = 11;  // "ND-7K3M9QX2"
  std::vector<std::string> ids;
  for (const std::string& tag : report.tags) {
    if (tag.substr(0, 3) == "ND-") ids.push_back(tag.substr(0, kIdChars));
  }
  return ids;
}

}  // namespace noshare::policy
