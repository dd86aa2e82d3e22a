#include "review/api.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "noshare/base/log.h"
#include "noshare/base/text.h"

#include "review/answers.h"

namespace noshare::review {

namespace {

using store::Role;

struct Route {
  const char* method;
  const char* path;  // "{case}" stands for a case number, "{exclusion}" for its id, ...
  Answer answer;
  std::initializer_list<Role> roles;
  bool is_file = false;  // the answer is a file to be kept, not JSON
};

constexpr std::initializer_list<Role> kEverybody = {Role::kAdmin, Role::kOfficer,
                                                    Role::kReviewer, Role::kAuditor};
constexpr std::initializer_list<Role> kOfficers = {Role::kAdmin, Role::kOfficer};
constexpr std::initializer_list<Role> kDeciders = {Role::kAdmin, Role::kOfficer,
                                                   Role::kReviewer};
constexpr std::initializer_list<Role> kControllers = {Role::kAdmin, Role::kOfficer,
                                                      Role::kAuditor};
constexpr std::initializer_list<Role> kAdmins = {Role::kAdmin};

constexpr std::array kRoutes = {
    Route{"GET", "/api/me", answer_me, kEverybody},
    Route{"GET", "/api/queue", answer_queue, kEverybody},
    Route{"GET", "/api/incidents", answer_incidents, kEverybody},
    Route{"GET", "/api/incidents/{case}", answer_incident, kEverybody},
    Route{"POST", "/api/incidents/{case}/release", answer_release, kOfficers},
    Route{"POST", "/api/incidents/{case}/deny", answer_deny, kDeciders},
    Route{"POST", "/api/incidents/{case}/confirm", answer_confirm, kOfficers},
    Route{"POST", "/api/incidents/{case}/reveal", answer_reveal, kOfficers},
    Route{"GET", "/api/links/{link}", answer_link, kEverybody},
    Route{"POST", "/api/decisions", answer_decisions, kDeciders},
    Route{"GET", "/api/incidents/{case}/replay", answer_replay, kControllers},
    Route{"GET", "/api/incidents/{case}/exclusions", answer_possible_exclusions,
          kOfficers},
    Route{"POST", "/api/incidents/{case}/exclusions", answer_propose_exclusion,
          kOfficers},
    Route{"GET", "/api/exclusions", answer_exclusions, kControllers},
    Route{"GET", "/api/exclusions/{exclusion}", answer_exclusion, kControllers},
    Route{"POST", "/api/exclusions/{exclusion}/approve", answer_approve_exclusion,
          kOfficers},
    Route{"POST", "/api/exclusions/{exclusion}/reject", answer_reject_exclusion,
          kOfficers},
    Route{"POST", "/api/exclusions/{exclusion}/revoke", answer_revoke_exclusion,
          kOfficers},
    Route{"GET", "/api/report", answer_report, kControllers},
    Route{"GET", "/api/documents/{kind}", answer_document, kControllers, true},
    Route{"GET", "/api/policy", answer_policy, kControllers},
    Route{"GET", "/api/policy/what-if", answer_policy_what_if, kControllers},
    Route{"POST", "/api/playground", answer_playground, kControllers},
    Route{"GET", "/api/audit", answer_audit, kControllers},
    Route{"GET", "/api/audit/check", answer_audit_check, kControllers},
    Route{"GET", "/api/accounts", answer_accounts, kAdmins},
};
constexpr std::array kOpenRoutes = {"POST /api/sign-in", "POST /api/sign-in/proxy",
                                    "POST /api/sign-out", "POST /api/unlock"};

// True if `path` fits; then `object` is what stood for the name in braces.
bool fits(std::string_view pattern, std::string_view path, std::string& object) {
  const std::size_t at = pattern.find('{');
  if (at == std::string_view::npos) return pattern == path;
  const std::string_view after = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= at + after.size() || path.substr(0, at) != pattern.substr(0, at) ||
      !path.ends_with(after)) {
    return false;
  }
  const std::string_view middle = path.substr(at, path.size() - at - after.size());
  if (middle.find('/') != std::string_view::npos) return false;
  object = middle;
  return true;
}

Response json_response(unsigned status, const Json& json) {
  return {status,
          "application/json; charset=utf-8",
          to_line(json),
          {{"Cache-Control", "no-store"}}};
}

Response file_response(const Json& file) {
  return {200,
          file.at("type").get<std::string>(),
          file.at("content").get<std::string>(),
          {{"Cache-Control", "no-store"},
           {"Content-Disposition",
            "attachment; filename=\"" + file.at("file").get<std::string>() + "\""}}};
}

Response error_response(unsigned status, const std::string& what) {
  return json_response(status, {{"error", what}});
}

Response error_response(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidInput:
      return error_response(422, error.message);
    case ErrorCode::kNotFound:
      return error_response(404, error.message);
    case ErrorCode::kTimeout:
      return error_response(503, error.message);
    case ErrorCode::kLimit:
      return error_response(429, error.message);
    case ErrorCode::kUnavailable:
      return error_response(503, error.message);
    default:
      log::error("review_failed", {{"reason", error.message}});
      return error_response(500, "internal error");
  }
}

// Pages of other sites can send requests, but neither read our token nor set this type.
bool is_same_site(const Request& request, const Seat& seat) {
  return request.header("x-csrf-token") == seat.session.csrf_token;
}

Result<Json> body_of(const Request& request) {
  if (request.body.empty()) return Json::object();
  NOSHARE_TRY(Json json, parse_json(request.body));
  if (!json.is_object()) return fail(ErrorCode::kInvalidInput, "expected an object");
  return json;
}

std::string text_in(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Response set_session(Response response, const std::string& token, bool ends) {
  response.headers.emplace_back("Set-Cookie",
                                std::string(SignIn::kCookie) + "=" + token +
                                    "; Path=/; HttpOnly; Secure; SameSite=Strict" +
                                    (ends ? "; Max-Age=0" : ""));
  return response;
}

}  // namespace

Response Api::sign_in(const Request& request) {
  if (!request.header("content-type").starts_with("application/json")) {
    return error_response(415, "expected application/json");
  }
  const auto body = body_of(request);
  if (!body) return error_response(body.error());
  const auto entered =
      sign_in_.enter(text_in(*body, "name"), Sensitive(text_in(*body, "password")),
                     text_in(*body, "code"), request.peer);
  if (!entered) {
    return entered.error().code == ErrorCode::kInvalidInput
               ? error_response(401, entered.error().message)
               : error_response(entered.error());
  }
  return set_session(json_response(200, person(entered->seat)), entered->token, false);
}

Response Api::sign_in_by_proxy(const Request& request) {
  if (!request.header("content-type").starts_with("application/json")) {
    return error_response(415, "expected application/json");
  }
  const auto entered = sign_in_.enter_by_proxy(request);
  if (!entered) {
    return entered.error().code == ErrorCode::kInvalidInput
               ? error_response(401, entered.error().message)
               : error_response(entered.error());
  }
  return set_session(json_response(200, person(entered->seat)), entered->token, false);
}

Response Api::unlock(const Request& request, const Seat& seat) {
  const auto body = body_of(request);
  if (!body) return error_response(body.error());
  const auto unlocked =
      sign_in_.unlock(request, seat, Sensitive(text_in(*body, "password")));
  return unlocked ? json_response(200, person(*unlocked))
                  : error_response(unlocked.error());
}

Response Api::handle(const Request& request) {
  if (request.method == "POST" && request.path == "/api/sign-in") return sign_in(request);
  if (request.method == "POST" && request.path == "/api/sign-in/proxy") {
    return sign_in_by_proxy(request);
  }
  const auto seat = sign_in_.seat_of(request);
  if (!seat) return error_response(seat.error());
  if (!*seat) {
    // Pages ask for the proxy's word only if there is one.
    return json_response(401, {{"error", "nobody is signed in"},
                               {"proxy", !sign_in_.proxy_user(request).empty()}});
  }
  if (request.method != "GET" && !is_same_site(request, **seat)) {
    return error_response(403, "the request does not carry the session's token");
  }
  if (request.method == "POST" && request.path == "/api/sign-out") {
    const auto left = sign_in_.leave(request);
    if (!left) return error_response(left.error());
    return set_session(json_response(200, Json::object()), "", true);
  }
  if (request.method == "POST" && request.path == "/api/unlock") {
    return unlock(request, **seat);
  }
  bool known_path = false;
  for (const Route& route : kRoutes) {
    std::string object;
    if (!fits(route.path, request.path, object)) continue;
    known_path = true;
    if (request.method != route.method) continue;
    const Role role = (*seat)->account.role;
    if (std::find(route.roles.begin(), route.roles.end(), role) == route.roles.end()) {
      return error_response(403, std::string("this is not for the role ") + name(role));
    }
    const auto body = body_of(request);
    if (!body) return error_response(body.error());
    const auto answer = route.answer(desk_, {request, **seat, object, *body});
    if (!answer) return error_response(answer.error());
    return route.is_file ? file_response(*answer) : json_response(200, *answer);
  }
  return known_path ? error_response(405, "this path does not take this method")
                    : error_response(404, "no such path");
}

std::vector<std::string> api_routes() {
  std::vector<std::string> routes(kOpenRoutes.begin(), kOpenRoutes.end());
  for (const Route& route : kRoutes) {
    routes.push_back(std::string(route.method) + " " + route.path);
  }
  return routes;
}

}  // namespace noshare::review
