// Answers: what each route of the API gives to somebody who may ask.
//
// In:  a request, who asks, the desk     Out: JSON, or an Error that Api turns into a
// status
#pragma once

#include "noshare/base/json.h"

#include "review/api.h"

namespace noshare::review {

struct Question {
  const Request& request;
  const Seat& seat;
  std::string object;  // what the path names: a case number, an exclusion; or empty
  Json body;           // of a POST; an object
};

using Answer = Result<Json> (*)(Desk& desk, const Question& question);

Json person(const Seat& seat);  // who is signed in, and their CSRF token

Result<Json> answer_me(Desk& desk, const Question& question);
Result<Json> answer_queue(Desk& desk, const Question& question);
Result<Json> answer_incidents(Desk& desk, const Question& question);
Result<Json> answer_incident(Desk& desk, const Question& question);
Result<Json> answer_release(Desk& desk, const Question& question);
Result<Json> answer_deny(Desk& desk, const Question& question);
Result<Json> answer_confirm(Desk& desk, const Question& question);
Result<Json> answer_reveal(Desk& desk, const Question& question);
// Where a link of a letter leads.
Result<Json> answer_link(Desk& desk, const Question& question);
// Many cases, one reason, a result for each (bulk_answers.cc).
Result<Json> answer_decisions(Desk& desk, const Question& question);
// False positives (exclusion_answers.cc).
Result<Json> answer_possible_exclusions(Desk& desk, const Question& question);
Result<Json> answer_propose_exclusion(Desk& desk, const Question& question);
Result<Json> answer_exclusions(Desk& desk, const Question& question);
Result<Json> answer_exclusion(Desk& desk, const Question& question);
Result<Json> answer_approve_exclusion(Desk& desk, const Question& question);
Result<Json> answer_reject_exclusion(Desk& desk, const Question& question);
Result<Json> answer_revoke_exclusion(Desk& desk, const Question& question);
Result<Json> answer_replay(Desk& desk, const Question& question);

Result<Json> answer_audit(Desk& desk, const Question& question);
Result<Json> answer_audit_check(Desk& desk, const Question& question);
// Reports and trials (report_answers.cc).
Result<Json> answer_report(Desk& desk, const Question& question);
// {"file", "type", "content"}, which Api sends as a file.
Result<Json> answer_document(Desk& desk, const Question& question);
Result<Json> answer_policy(Desk& desk, const Question& question);
Result<Json> answer_policy_what_if(Desk& desk, const Question& question);
Result<Json> answer_playground(Desk& desk, const Question& question);
Result<Json> answer_accounts(Desk& desk, const Question& question);

}  // namespace noshare::review
