#include "review/answer_parts.h"

#include <algorithm>
#include <charconv>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"

namespace noshare::review {

namespace {

constexpr std::size_t kMostReasonBytes = 2000;

}  // namespace

// A reviewer sees what the senders of their group sent; everybody else sees all.
bool may_see(const Seat& seat, const model::Incident& incident) {
  return store::sees(seat.account, incident.envelope.sender);
}

// As if it were not there, for who may not see it.
Result<model::Incident> incident_for(Desk& desk, const Question& question) {
  NOSHARE_TRY(model::Incident incident, desk.incidents.find(question.object));
  if (!may_see(question.seat, incident)) {
    return fail(ErrorCode::kNotFound, "no incident has this case number");
  }
  return incident;
}

Result<std::optional<std::int64_t>> number_in(const Question& question,
                                              const char* name) {
  const std::string_view text = question.request.parameter(name);
  if (text.empty()) return std::optional<std::int64_t>();
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(ErrorCode::kInvalidInput,
                std::string(name) + ": expected a whole number");
  }
  return std::optional<std::int64_t>(value);
}

Result<std::string> reason_in(const Question& question) {
  const auto at = question.body.find("reason");
  std::string reason;
  if (at != question.body.end() && at->is_string()) reason = at->get<std::string>();
  if (trimmed(reason).empty() || reason.size() > kMostReasonBytes) {
    return fail(ErrorCode::kInvalidInput, "reason: expected 1 to 2000 characters");
  }
  return to_valid_utf8(reason);
}

// A line of a list.
Json summary(const model::Incident& incident) {
  Json entities = Json::object();
  int highest = 0;
  for (const model::Finding& one : incident.report.findings) {
    entities[one.entity] = entities.value(one.entity, 0) + 1;
    highest = std::max(highest, static_cast<int>(one.confidence));
  }
  return {{"case", incident.case_number},
          {"time", rfc3339_utc(incident.time_us)},
          {"time_us", incident.time_us},
          {"sender", incident.envelope.sender},
          {"recipients", incident.envelope.recipients},
          {"action", name(incident.verdict.action)},
          {"carried_out", name(incident.carried_out)},
          {"rule", incident.verdict.rule},
          {"entities", entities},
          {"confidence", highest},
          {"unreadable", incident.report.unreadable.size()},
          {"bytes", incident.report.bytes}};
}

Json rows(const std::vector<store::Counted>& counted) {
  Json list = Json::array();
  for (const store::Counted& one : counted) {
    list.push_back({{"name", one.name}, {"count", one.count}});
  }
  return list;
}

}  // namespace noshare::review
