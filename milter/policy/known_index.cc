// KnownIndex: see known_index.h.
#include "policy/known_index.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::policy {

namespace {

// "partner.test" and "*.partner.test" mean domains, "*@partner.test" addresses.
bool is_meant(const std::string& glob, const std::string& address) {
  const bool of_addresses = glob.find('@') != std::string::npos;
  return glob == "*" ||
         glob_match(glob, of_addresses ? address : address_domain(address));
}

}  // namespace

KnownIndex::KnownIndex(const model::Known& known, const model::ScanReport& report,
                       std::string today)
    : report_(report), exclusions_(known.exclusions), today_(std::move(today)) {
  for (const model::Permission& one : known.permissions) {
    for (const Fingerprint& subject : one.subjects) permissions_[subject].push_back(&one);
  }
  for (const model::Received& one : known.received) received_[one.value].push_back(&one);
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

const model::Permission* KnownIndex::permission(model::PermissionKind kind,
                                                const model::Finding& finding,
                                                const std::string& recipient) const {
  for (const Fingerprint* value : {&finding.fingerprint, &finding.subject_fingerprint}) {
    if (value->is_null()) continue;
    const auto about = permissions_.find(*value);
    if (about == permissions_.end()) continue;
    for (const model::Permission* one : about->second) {
      if (one->kind == kind && covers(*one, finding, recipient)) return one;
    }
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

}  // namespace noshare::policy
