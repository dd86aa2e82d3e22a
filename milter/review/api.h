// Api: what the web pages and scripts may ask, and who may ask it.
//
// In:  requests to /api/...     Out: JSON; errors as {"error": "..."} with a fitting
// status docs/review-api.yaml (OpenAPI) describes each route; a test compares it with the
// table in api.cc. Every route but the sign-in needs a session; every one that changes
// something needs the session's token in X-CSRF-Token as well.
#pragma once

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/store/account_store.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/exclusion_store.h"
#include "noshare/store/hold_store.h"
#include "noshare/store/incident_store.h"
#include "noshare/store/policy_archive.h"
#include "noshare/store/vault.h"

#include "review/http.h"
#include "review/playground.h"
#include "review/sign_in.h"

namespace noshare::review {

// What the routes work on. Lives as long as the Api.
struct Desk {
  config::Settings settings;
  FingerprintKey key;
  store::IncidentStore& incidents;
  store::HoldStore& holds;
  store::AuditLog& audit;
  store::AccountStore& accounts;
  store::ExclusionStore& exclusions;
  store::PolicyArchive& policies;
  Playground& playground;
  std::optional<store::Vault> vault;  // none: the mail server holds
};

class Api {
 public:
  explicit Api(Desk desk)
      : desk_(std::move(desk)),
        sign_in_(desk_.accounts, desk_.audit, desk_.settings.review) {}

  Response handle(const Request& request);

 private:
  Response sign_in(const Request& request);
  Response sign_in_by_proxy(const Request& request);
  Response unlock(const Request& request, const Seat& seat);

  Desk desk_;
  SignIn sign_in_;
};

// Of each route "METHOD /path", for the test of the OpenAPI document.
std::vector<std::string> api_routes();

}  // namespace noshare::review
