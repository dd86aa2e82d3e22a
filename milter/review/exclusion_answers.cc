// Answers about false positives: from a finding that is none to an exclusion in force,
// by two people who have seen what else it lets pass. And whether a verdict still holds.
#include "noshare/base/clock.h"
#include "noshare/store/store_json.h"

#include "review/answer_parts.h"
#include "review/what_if.h"

namespace noshare::review {

namespace {

constexpr std::size_t kMostShown = 20;
constexpr std::uint32_t kMostListed = 500;

Json to_json(const WhatIf& answer) {
  Json changed = Json::array();
  for (const Changed& one : answer.changed) {
    if (changed.size() == kMostShown) break;
    Json line = summary(one.incident);
    line["now"] = name(one.now);
    line["then"] = name(one.then);
    changed.push_back(std::move(line));
  }
  return {{"replayed", answer.replayed},
          {"complete", answer.complete},
          {"changed", answer.changed.size()},
          {"incidents", std::move(changed)}};
}

Json fate(const model::Verdict& verdict, bool same) {
  return {{"action", name(verdict.action)},
          {"rule", verdict.rule},
          {"same", same},
          {"why", verdict.why}};
}

Result<void> require_replay(const model::Incident& incident) {
  if (policy::can_replay(incident)) return {};
  return fail(ErrorCode::kInvalidInput,
              "this incident was recorded by an earlier noshare: it cannot be replayed");
}

// The exclusions that a finding of the incident could have. Errors: kInvalidInput if it
// counts for nobody.
Result<std::vector<std::pair<policy::Reach, model::Exclusion>>> possible(
    const model::Incident& incident, std::int64_t finding) {
  NOSHARE_CHECK(require_replay(incident));
  if (finding < 0 ||
      finding >= static_cast<std::int64_t>(incident.report.findings.size())) {
    return fail(ErrorCode::kInvalidInput, "finding: the incident has no such finding");
  }
  auto made = policy::exclusions_for(incident, static_cast<std::uint32_t>(finding));
  if (made.empty()) {
    return fail(ErrorCode::kInvalidInput, "this finding counts for no recipient");
  }
  return made;
}

Result<Json> decide(Desk& desk, const Question& question, store::ExclusionState state) {
  NOSHARE_TRY(const std::string reason, reason_in(question));
  NOSHARE_CHECK(desk.exclusions.decide(
      {question.object, state, question.seat.account.name, reason, now_unix_us()}));
  return Json{{"state", name(state)}};
}

}  // namespace

Result<Json> answer_possible_exclusions(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const auto finding, number_in(question, "finding"));
  NOSHARE_TRY(const auto made, possible(incident, finding.value_or(-1)));
  NOSHARE_TRY(const policy::Policy policy, current_policy(desk));
  const model::Action now = policy::replay(policy, incident).action;
  Json list = Json::array();
  for (const auto& [reach, exclusion] : made) {
    NOSHARE_TRY(const WhatIf effect,
                what_if(desk, policy, exclusion, incident.case_number));
    Json one = store::to_json(exclusion);
    one["reach"] = name(reach);
    one["now"] = name(now);
    one["then"] = name(policy::replay_with(policy, incident, exclusion).action);
    one["what_if"] = to_json(effect);
    list.push_back(std::move(one));
  }
  return Json{{"exclusions", std::move(list)}};
}

Result<Json> answer_propose_exclusion(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  const auto finding = question.body.find("finding");
  const auto reach = question.body.find("reach");
  if (finding == question.body.end() || !finding->is_number_integer() ||
      reach == question.body.end() || !reach->is_string()) {
    return fail(ErrorCode::kInvalidInput,
                "expected finding (its number) and reach (here, sender, everywhere, "
                "kind)");
  }
  const auto number = finding->get<std::int64_t>();
  NOSHARE_TRY(const auto made, possible(incident, number));
  for (const auto& [one, exclusion] : made) {
    if (*reach != policy::name(one)) continue;
    store::ExclusionRecord record;
    record.exclusion = exclusion;
    record.case_number = incident.case_number;
    record.masked = incident.report.findings[static_cast<std::size_t>(number)].masked;
    record.proposed_by = question.seat.account.name;
    record.proposed_us = now_unix_us();
    record.reason = reason;
    NOSHARE_TRY(const std::string id, desk.exclusions.propose(record));
    return Json{{"id", id}, {"state", "proposed"}};
  }
  return fail(ErrorCode::kInvalidInput, "reach: expected here, sender, everywhere, kind");
}

Result<Json> answer_exclusions(Desk& desk, const Question& question) {
  const std::string_view asked = question.request.parameter("state");
  std::optional<store::ExclusionState> state;
  if (!asked.empty()) {
    state = store::exclusion_state_from_name(asked);
    if (!state) {
      return fail(ErrorCode::kInvalidInput,
                  "state: expected proposed, approved, rejected or revoked");
    }
  }
  NOSHARE_TRY(const auto records, desk.exclusions.list(state, "", kMostListed));
  Json list = Json::array();
  for (const store::ExclusionRecord& one : records) list.push_back(store::to_json(one));
  return Json{{"exclusions", std::move(list)}};
}

Result<Json> answer_exclusion(Desk& desk, const Question& question) {
  NOSHARE_TRY(const auto record, desk.exclusions.find(question.object));
  NOSHARE_TRY(const policy::Policy policy, current_policy(desk));
  NOSHARE_TRY(const WhatIf effect,
              what_if(desk, policy, record.exclusion, record.case_number));
  Json json = store::to_json(record);
  json["what_if"] = to_json(effect);
  return json;
}

Result<Json> answer_approve_exclusion(Desk& desk, const Question& question) {
  return decide(desk, question, store::ExclusionState::kApproved);
}

Result<Json> answer_reject_exclusion(Desk& desk, const Question& question) {
  return decide(desk, question, store::ExclusionState::kRejected);
}

Result<Json> answer_revoke_exclusion(Desk& desk, const Question& question) {
  return decide(desk, question, store::ExclusionState::kRevoked);
}

Result<Json> answer_replay(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_CHECK(require_replay(incident));
  Json json{{"recorded", fate(incident.verdict, true)},
            {"policy_version", incident.policy_version}};
  NOSHARE_TRY(const config::Settings now, config::load_settings(desk.settings.file));
  json["policy_version_now"] = now.version;
  NOSHARE_TRY(const policy::Policy today, policy::Policy::create(now, desk.key));
  const model::Verdict verdict = policy::replay(today, incident);
  json["now"] = fate(verdict, policy::same_fate(incident.verdict, verdict));
  const auto text = desk.policies.find(incident.policy_version);
  if (!text && text.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(text.error());
  }
  if (!text) return json;
  const auto then = config::parse_settings(*text, now.file.string());
  if (!then || then->version != incident.policy_version) return json;
  NOSHARE_TRY(const policy::Policy policy, policy::Policy::create(*then, desk.key));
  const model::Verdict again = policy::replay(policy, incident);
  json["again"] = fate(again, policy::same_fate(incident.verdict, again));
  return json;
}

}  // namespace noshare::review
