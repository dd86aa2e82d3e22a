// Disclosure: see disclosure.h.
#include "policy/disclosure.h"

#include <algorithm>

namespace noshare::policy {

namespace {

constexpr const char* kAddressEntity = "email_address";

// A signature names its writer: a few numbers and addresses. More than this under "-- "
// is a list that somebody put there.
constexpr std::size_t kMostInSignature = 12;

}  // namespace

Disclosure::Disclosure(const model::Envelope& envelope, const model::ScanReport& report,
                       const OwnValues& own, const KnownIndex& known,
                       const FingerprintKey& key,
                       std::vector<model::Allowance>& allowances)
    : report_(report),
      own_(own),
      known_(known),
      key_(key),
      sender_address_(envelope.sender),
      sender_(envelope.sender.empty()
                  ? Fingerprint{}
                  : key.of(kAddressEntity, normalised_address(envelope.sender))),
      participants_(report.participants.begin(), report.participants.end()),
      authors_(report.authors.begin(), report.authors.end()) {
  std::unordered_set<Fingerprint> in_signature;
  for (const model::Finding& finding : report.findings) {
    if (finding.in_signature) in_signature.insert(finding.fingerprint);
  }
  plausible_signature_ = in_signature.size() <= kMostInSignature;
  for (std::uint32_t i = 0; i < report.findings.size(); ++i) {
    if (const char* reason = reason_for_all(report.findings[i])) {
      allowances.push_back({i, "", reason});
    } else {
      counted_.push_back(i);
    }
  }
}

bool Disclosure::has_category(const model::Finding& finding, const char* category) const {
  const auto info = report_.entities.find(finding.entity);
  if (info == report_.entities.end()) return false;
  const auto& categories = info->second.categories;
  return std::find(categories.begin(), categories.end(), category) != categories.end();
}

// What people write about themselves in a signature. Anybody's card or identity number
// counts, wherever it stands.
bool Disclosure::is_contact(const model::Finding& finding) const {
  return has_category(finding, "contact") || has_category(finding, "name") ||
         has_category(finding, "address") || has_category(finding, "company");
}

// Card data must not travel in the clear, not even to its owner (PCI DSS 4.2.2).
bool Disclosure::is_payment(const model::Finding& finding) const {
  return has_category(finding, "payment");
}

const char* Disclosure::reason_for_all(const model::Finding& finding) const {
  if (own_.holds(finding)) return "published data of the organisation";
  if (finding.fingerprint == sender_ || authors_.count(finding.fingerprint) > 0) {
    return "the sender's own";
  }
  if (is_contact(finding)) {
    const Fingerprint& subject = finding.subject_fingerprint;
    if (!subject.is_null() && (subject == sender_ || authors_.count(subject) > 0)) {
      return "contact data of the sender";
    }
    if (finding.in_signature && plausible_signature_) return "the sender's own signature";
  }
  if (participants_.count(finding.fingerprint) > 0) {
    return "a person who takes part in the thread";
  }
  return nullptr;
}

std::string Disclosure::reason_for(const model::Finding& finding,
                                   const Addressee& addressee) const {
  if (const auto* exclusion =
          known_.exclusion(finding, sender_address_, addressee.address)) {
    return "no personal data, officers found (" + exclusion->id + ")";
  }
  if (const auto* processor = addressee.standing.processor) {
    if (names_entity(report_, finding, processor->entities)) {
      return "agreed with " + addressee.standing.reason;
    }
  }
  if (const auto* permission =
          known_.permission(model::PermissionKind::kGrant, finding, addressee.address)) {
    return describe(*permission);
  }
  if (is_payment(finding)) return {};
  const auto* received = known_.received(finding, addressee.correspondent);
  return received == nullptr ? std::string()
                             : "the recipient sent it on " + received->day;
}

const model::LawfulDisclosure* Disclosure::lawful(const model::Finding& finding,
                                                  const Addressee& addressee) const {
  if (addressee.standing.authority == nullptr) return nullptr;
  const auto* order = known_.lawful(finding, addressee.address);
  const bool names_no_card =
      order != nullptr && is_payment(finding) && order->entities.empty();
  return names_no_card ? nullptr : order;
}

Disclosed Disclosure::to(const Addressee& addressee,
                         std::vector<model::Allowance>& allowances) const {
  const model::Party party = addressee.standing.party;
  if (party == model::Party::kFirst || party == model::Party::kAffiliate) return {};
  const Fingerprint self = key_.of(kAddressEntity, normalised_address(addressee.address));
  Disclosed disclosed;
  for (const std::uint32_t index : counted_) {
    const model::Finding& finding = report_.findings[index];
    const bool own_datum = finding.fingerprint == self ||
                           (finding.subject_fingerprint == self && !is_payment(finding));
    if (own_datum) {
      allowances.push_back({index, addressee.address, "the recipient's own"});
      continue;
    }
    // An opt-out wins over every permission and agreement.
    const bool opted_out = known_.permission(model::PermissionKind::kNever, finding,
                                             addressee.address) != nullptr;
    std::string reason = opted_out ? std::string() : reason_for(finding, addressee);
    const auto* order =
        opted_out || !reason.empty() ? nullptr : lawful(finding, addressee);
    if (order != nullptr) {
      reason = describe(*order);
      disclosed.lawful.emplace_back(index, order);
    }
    if (!reason.empty()) {
      allowances.push_back({index, addressee.address, std::move(reason)});
      continue;
    }
    disclosed.findings.push_back(index);
    if (opted_out) disclosed.opted_out.push_back(index);
  }
  return disclosed;
}

}  // namespace noshare::policy
