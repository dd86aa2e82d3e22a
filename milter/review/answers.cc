#include "review/answers.h"

#include <unordered_map>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"
#include "noshare/model/report_json.h"
#include "noshare/outbox/officer_link.h"
#include "noshare/outbox/release.h"
#include "noshare/store/store_json.h"

#include "review/answer_parts.h"

namespace noshare::review {

namespace {

constexpr std::size_t kMostRevealedBytes = 1 << 20;
// Takes less than a tenth of a second on either database.
constexpr std::uint32_t kMostLookedAt = 20'000;

Json state_of(const Desk& desk, const store::Hold& hold) {
  Json json = store::to_json(hold);
  json["in_vault"] = desk.vault && desk.vault->has(hold.case_number);
  json["may_have_gone_out"] = hold.state == store::HoldState::kReleasing && hold.redeemed;
  json["officers_needed"] = desk.settings.release.officers;
  return json;
}

Result<const store::Vault*> vault_of(const Desk& desk) {
  if (!desk.vault) {
    return fail(ErrorCode::kInvalidInput, "the configuration names no vault");
  }
  return &*desk.vault;
}

Result<const store::OfficerKey*> key_of(const Question& question) {
  if (!question.seat.key) {
    return fail(ErrorCode::kInvalidInput, "this account has no key to the vault");
  }
  return question.seat.key.get();
}

}  // namespace

Json person(const Seat& seat) {
  return {{"name", seat.account.name},
          {"role", name(seat.account.role)},
          {"has_key", seat.key != nullptr},
          {"locked", seat.key == nullptr && !seat.account.key_text.empty()},
          {"csrf_token", seat.session.csrf_token}};
}

Result<Json> answer_me(Desk&, const Question& question) { return person(question.seat); }

Result<Json> answer_queue(Desk& desk, const Question& question) {
  const std::string_view asked = question.request.parameter("state");
  std::optional<store::HoldState> state = store::HoldState::kHeld;
  if (!asked.empty()) state = store::hold_state_from_name(asked);
  if (!state) {
    return fail(ErrorCode::kInvalidInput,
                "state: expected held, releasing, released, denied or expired");
  }
  // One more than a page shows tells whether there are more.
  NOSHARE_TRY(const auto holds,
              desk.holds.list(state, kPageSize + 1,
                              store::visible_senders(question.seat.account)));
  std::vector<std::string> cases;
  for (const store::Hold& hold : holds) cases.push_back(hold.case_number);
  NOSHARE_TRY(const auto incidents, desk.incidents.find_all(cases));
  std::unordered_map<std::string, const model::Incident*> by_case;
  for (const model::Incident& one : incidents) by_case[one.case_number] = &one;
  Json list = Json::array();
  for (const store::Hold& hold : holds) {
    if (list.size() == kPageSize) break;
    const auto found = by_case.find(hold.case_number);
    // One that is not there was removed a moment ago.
    if (found == by_case.end() || !may_see(question.seat, *found->second)) continue;
    Json line = summary(*found->second);
    line["hold"] = state_of(desk, hold);
    list.push_back(std::move(line));
  }
  return Json{{"incidents", list}, {"more", holds.size() > kPageSize}};
}

Result<Json> answer_incidents(Desk& desk, const Question& question) {
  const Request& request = question.request;
  store::IncidentFilter filter;
  NOSHARE_TRY(filter.since_us, number_in(question, "since_us"));
  NOSHARE_TRY(filter.until_us, number_in(question, "until_us"));
  filter.sender = request.parameter("sender");
  filter.recipient = request.parameter("recipient");
  filter.rule = request.parameter("rule");
  filter.entity = request.parameter("entity");
  filter.message_id = request.parameter("message_id");
  filter.before_case = request.parameter("before");
  filter.most = kPageSize;
  if (const std::string action(request.parameter("action")); !action.empty()) {
    model::Action wanted{};
    if (!model::action_from_name(action.c_str(), wanted)) {
      return fail(ErrorCode::kInvalidInput, "action: unknown");
    }
    filter.action = wanted;
  }
  filter.look_at = kMostLookedAt;
  filter.among_senders = store::visible_senders(question.seat.account);
  NOSHARE_TRY(const auto page, desk.incidents.page(filter));
  Json list = Json::array();
  for (const model::Incident& one : page.incidents) {
    if (may_see(question.seat, one)) list.push_back(summary(one));
  }
  Json answer{{"incidents", list}};
  if (!page.next.empty()) answer["next"] = page.next;
  return answer;
}

Result<Json> answer_incident(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  Json answer = model::to_json(incident);
  answer["bytes"] = incident.report.bytes;
  if (const auto hold = desk.holds.find(incident.case_number)) {
    answer["hold"] = state_of(desk, *hold);
  } else if (hold.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(hold.error());
  }
  NOSHARE_TRY(const auto exclusions,
              desk.exclusions.list({}, incident.case_number, kPageSize));
  answer["exclusions"] = Json::array();
  for (const auto& one : exclusions) answer["exclusions"].push_back(store::to_json(one));
  store::IncidentFilter earlier;
  earlier.sender = incident.envelope.sender;
  earlier.before_case = incident.case_number;
  earlier.most = 5;
  Json before = Json::array();
  if (!earlier.sender.empty()) {
    NOSHARE_TRY(const auto incidents, desk.incidents.list(earlier));
    for (const model::Incident& one : incidents) before.push_back(summary(one));
  }
  answer["earlier"] = std::move(before);
  return answer;
}

Result<Json> answer_release(Desk& desk, const Question& question) {
  using Kind = outbox::ReleaseOutcome::Kind;
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  NOSHARE_TRY(const store::Vault* vault, vault_of(desk));
  NOSHARE_TRY(const store::OfficerKey* key, key_of(question));
  const auto again = question.body.find("again");
  outbox::Releaser releaser(*vault, desk.holds, desk.key, desk.settings.release);
  NOSHARE_TRY(const auto outcome,
              releaser.release({incident.case_number, reason,
                                again != question.body.end() && *again == true},
                               *key));
  const char* word = "unknown";
  switch (outcome.kind) {
    case Kind::kReleased:
      word = "released";
      break;
    case Kind::kMoreOfficers:
      word = "more_officers";
      break;
    case Kind::kRefused:
      word = "refused";
      break;
    case Kind::kNotSent:
      word = "not_sent";
      break;
    case Kind::kUnknown:
      break;
  }
  return Json{{"outcome", word},
              {"officers_missing", outcome.officers_missing},
              {"answer", outcome.answer}};
}

Result<Json> answer_deny(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  NOSHARE_CHECK(desk.holds.deny(incident.case_number, question.seat.account.name, reason,
                                now_unix_us()));
  return Json{{"outcome", "denied"}};
}

// A release that broke off has gone out, as the mail server's log says.
Result<Json> answer_confirm(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  NOSHARE_CHECK(desk.holds.confirm_sent(incident.case_number, question.seat.account.name,
                                        reason, now_unix_us()));
  if (desk.vault) NOSHARE_CHECK(desk.vault->remove(incident.case_number));
  return Json{{"outcome", "released"}};
}

// On record before anybody sees it.
Result<Json> answer_reveal(Desk& desk, const Question& question) {
  NOSHARE_TRY(const model::Incident incident, incident_for(desk, question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  NOSHARE_TRY(const store::Vault* vault, vault_of(desk));
  NOSHARE_TRY(const store::OfficerKey* key, key_of(question));
  NOSHARE_TRY(const auto opened, vault->take_out(incident.case_number, *key));
  NOSHARE_CHECK(desk.holds.was_read(incident.case_number, question.seat.account.name,
                                    reason, now_unix_us()));
  NOSHARE_TRY(const MappedFile message, MappedFile::map(opened.file.get()));
  const std::string_view bytes = message.bytes();
  return Json{{"message", to_valid_utf8(bytes.substr(0, kMostRevealedBytes))},
              {"complete", bytes.size() <= kMostRevealedBytes}};
}

Result<Json> answer_link(Desk& desk, const Question& question) {
  NOSHARE_TRY(const auto link,
              outbox::read_link(desk.key, question.object, question.seat.account.name,
                                now_unix_us()));
  return Json{{"case", link.case_number}, {"act", outbox::name(link.act)}};
}

Result<Json> answer_audit(Desk& desk, const Question& question) {
  store::AuditFilter filter;
  filter.actor = question.request.parameter("actor");
  filter.object = question.request.parameter("object");
  NOSHARE_TRY(filter.before_number, number_in(question, "before"));
  NOSHARE_TRY(const auto entries, desk.audit.list(filter));
  Json list = Json::array();
  for (const store::AuditEntry& one : entries) {
    list.push_back(store::to_json(one));
  }
  return Json{{"entries", list}};
}

Result<Json> answer_audit_check(Desk& desk, const Question&) {
  NOSHARE_TRY(const auto check, desk.audit.verify(""));
  Json answer{{"entries", check.entries}, {"head", check.head}};
  answer["whole"] = !check.broken_at;
  if (check.broken_at) {
    answer["broken_at"] = *check.broken_at;
    answer["fault"] = check.fault;
  }
  return answer;
}

Result<Json> answer_accounts(Desk& desk, const Question&) {
  NOSHARE_TRY(const auto accounts, desk.accounts.list());
  Json list = Json::array();
  for (const store::Account& one : accounts) {
    list.push_back({{"name", one.name},
                    {"role", name(one.role)},
                    {"senders", one.senders},
                    {"second_factor", !one.totp_secret.empty()},
                    {"has_key", !one.key_text.empty()},
                    {"disabled", one.disabled},
                    {"email", one.email},
                    {"created", rfc3339_utc(one.created_us)}});
  }
  return Json{{"accounts", list}};
}

}  // namespace noshare::review
