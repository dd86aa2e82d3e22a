// One decision about many held messages: each is decided, and audited, by itself.
#include <algorithm>

#include "noshare/base/log.h"

#include "review/answer_parts.h"

namespace noshare::review {

namespace {

constexpr std::size_t kMostCases = 100;

Result<std::vector<std::string>> cases_in(const Question& question) {
  std::vector<std::string> cases;
  const auto list = question.body.find("cases");
  if (list == question.body.end() || !list->is_array() || list->empty() ||
      list->size() > kMostCases) {
    return fail(ErrorCode::kInvalidInput, "cases: expected a list of 1 to 100");
  }
  for (const Json& one : *list) {
    if (!one.is_string()) {
      return fail(ErrorCode::kInvalidInput, "cases: expected case numbers");
    }
    const std::string text = one.get<std::string>();
    if (std::find(cases.begin(), cases.end(), text) == cases.end()) cases.push_back(text);
  }
  return cases;
}

// What is told of an error within a list; as Api tells one that is an answer by itself.
std::string told(const Error& error) {
  if (error.code == ErrorCode::kInvalidInput || error.code == ErrorCode::kNotFound ||
      error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kTimeout) {
    return error.message;
  }
  log::error("review_failed", {{"reason", error.message}});
  return "internal error";
}

}  // namespace

Result<Json> answer_decisions(Desk& desk, const Question& question) {
  NOSHARE_TRY(const auto cases, cases_in(question));
  NOSHARE_TRY(const std::string reason, reason_in(question));
  const std::string decision = question.body.value("decision", Json()).is_string()
                                   ? question.body["decision"].get<std::string>()
                                   : std::string();
  if (decision != "release" && decision != "deny") {
    return fail(ErrorCode::kInvalidInput, "decision: expected release or deny");
  }
  const bool releases = decision == "release";
  if (releases && question.seat.account.role == store::Role::kReviewer) {
    return fail(ErrorCode::kInvalidInput, "decision: a reviewer can only deny");
  }
  Json results = Json::array();
  for (const std::string& one : cases) {
    const Question single{question.request, question.seat, one, {{"reason", reason}}};
    const auto answer =
        releases ? answer_release(desk, single) : answer_deny(desk, single);
    Json result =
        answer ? *answer : Json{{"outcome", "error"}, {"error", told(answer.error())}};
    result["case"] = one;
    results.push_back(std::move(result));
  }
  return Json{{"results", std::move(results)}};
}

}  // namespace noshare::review
