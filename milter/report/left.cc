#include "report/left.h"

#include <algorithm>

#include "noshare/base/day.h"

namespace noshare::report {

namespace {

using model::Action;

constexpr std::uint32_t kPage = 500;

bool is_stranger(model::Party party) {
  return party == model::Party::kThird || party == model::Party::kProcessor;
}

// Whether the recipient got the message as it was.
bool received(const model::Incident& incident, const model::RecipientVerdict& one,
              bool released) {
  switch (incident.carried_out) {
    case Action::kDeliver:
    case Action::kTag:
    case Action::kNotify:
      return true;
    case Action::kDropRecipient:
      return one.action != Action::kDropRecipient;
    case Action::kHold:
      return released;
    default:
      return false;
  }
}

}  // namespace

Result<Left> what_left(store::HoldStore& holds, const model::Incident& incident) {
  Left left;
  if (incident.carried_out == Action::kHold) {
    const auto hold = holds.find(incident.case_number);
    if (!hold && hold.error().code != ErrorCode::kNotFound) {
      return tl::unexpected(hold.error());
    }
    left.released = hold && hold->state == store::HoldState::kReleased;
  }
  for (const model::RecipientVerdict& one : incident.verdict.recipients) {
    if (!is_stranger(one.party) || one.disclosed.empty()) continue;
    if (!received(incident, one, left.released)) continue;
    left.domains.insert(address_domain(one.recipient));
    left.findings.insert(one.disclosed.begin(), one.disclosed.end());
  }
  std::erase_if(left.findings,
                [&](std::uint32_t at) { return at >= incident.report.findings.size(); });
  return left;
}

Result<void> each_incident(
    const Sources& sources, const Question& question,
    const std::function<Result<void>(const model::Incident&)>& look) {
  store::IncidentFilter filter;
  NOSHARE_TRY(filter.since_us, day_begin_us(question.first_day));
  NOSHARE_TRY(const std::int64_t last, day_begin_us(question.last_day));
  filter.until_us = last + kDay_us;
  filter.most = kPage;
  for (;;) {
    NOSHARE_TRY(const auto incidents, sources.incidents.list(filter));
    for (const model::Incident& one : incidents) NOSHARE_CHECK(look(one));
    if (incidents.size() < kPage) return {};
    filter.before_case = incidents.back().case_number;
  }
}

std::string title_of(const model::Incident& incident, const std::string& entity) {
  const auto info = incident.report.entities.find(entity);
  if (info != incident.report.entities.end() && !info->second.title.empty()) {
    return info->second.title;
  }
  std::string words = entity;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace noshare::report
