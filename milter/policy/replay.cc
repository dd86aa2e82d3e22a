#include "noshare/policy/replay.h"

#include <algorithm>

#include "noshare/base/clock.h"

namespace noshare::policy {

namespace {

// The domain of the first recipient to whom the finding was disclosed; null: to nobody.
const model::RecipientVerdict* first_told(const model::Verdict& verdict,
                                          std::uint32_t finding) {
  for (const model::RecipientVerdict& one : verdict.recipients) {
    if (std::find(one.disclosed.begin(), one.disclosed.end(), finding) !=
        one.disclosed.end()) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace

bool can_replay(const model::Incident& incident) {
  // Each finding's entity is described by the facts.
  return incident.report.findings.empty() || !incident.report.entities.empty();
}

model::Verdict replay(const Policy& policy, const model::Incident& incident) {
  return policy.decide(incident.envelope, incident.report, incident.known,
                       rfc3339_utc(incident.time_us));
}

model::Verdict replay_with(const Policy& policy, model::Incident incident,
                           const model::Exclusion& exclusion) {
  incident.known.exclusions.push_back(exclusion);
  return replay(policy, incident);
}

bool same_fate(const model::Verdict& one, const model::Verdict& other) {
  return one.action == other.action && one.rule == other.rule &&
         std::equal(one.recipients.begin(), one.recipients.end(),
                    other.recipients.begin(), other.recipients.end(),
                    [](const auto& a, const auto& b) {
                      return a.recipient == b.recipient && a.action == b.action &&
                             a.rules == b.rules;
                    });
}

const char* name(Reach reach) noexcept {
  switch (reach) {
    case Reach::kHere:
      return "here";
    case Reach::kSender:
      return "sender";
    case Reach::kEverywhere:
      return "everywhere";
    case Reach::kKind:
      return "kind";
  }
  return "";
}

std::vector<std::pair<Reach, model::Exclusion>> exclusions_for(
    const model::Incident& incident, std::uint32_t finding) {
  std::vector<std::pair<Reach, model::Exclusion>> made;
  const model::RecipientVerdict* told = first_told(incident.verdict, finding);
  if (told == nullptr || finding >= incident.report.findings.size()) return made;
  const model::Finding& found = incident.report.findings[finding];
  const std::string sender = normalised_address(incident.envelope.sender);
  const std::string domain = address_domain(told->recipient);
  for (const Reach reach : kReaches) {
    model::Exclusion one;
    one.entity = found.entity;
    if (reach != Reach::kKind) one.value = found.fingerprint;
    if (reach != Reach::kEverywhere) one.sender = sender;
    if (reach == Reach::kHere || reach == Reach::kKind) one.recipient_domain = domain;
    // Without a sender or a domain it would reach further than its name says.
    const bool bound = reach != Reach::kKind || (!sender.empty() && !domain.empty());
    if (bound) made.emplace_back(reach, std::move(one));
  }
  return made;
}

}  // namespace noshare::policy
