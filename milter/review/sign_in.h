// Sign-in: from a name, a password and a one-time code to a session, and back to a person
// on every request.
//
// An officer's vault key is opened with the password and stays in memory, never on disk,
// for as long as the session lives. After a restart of the server, officers sign in
// again.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "noshare/config/network.h"
#include "noshare/config/settings.h"
#include "noshare/store/account_store.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/officer_key.h"

#include "review/http.h"

namespace noshare::review {

// Who asks, and what they hold.
struct Seat {
  store::Account account;
  store::Session session;
  std::shared_ptr<const store::OfficerKey> key;  // null: this account has none
};

class SignIn {
 public:
  SignIn(store::AccountStore& accounts, store::AuditLog& audit,
         const config::ReviewSettings& settings);

  struct Entered {
    std::string token;
    Seat seat;
  };
  // Errors: kInvalidInput (name, password or code is wrong: it is not said which),
  // kLimit.
  Result<Entered> enter(const std::string& name, const Sensitive& password,
                        const std::string& code, const std::string& peer);
  // Whom a trusted proxy names; empty: the request did not come through one.
  std::string proxy_user(const Request& request) const;
  // Whoever a trusted proxy says has signed in there. The vault key stays closed.
  // Errors: kNotFound (no proxy is configured, or the request did not come through it),
  // kInvalidInput (no account has this name, or it is disabled).
  Result<Entered> enter_by_proxy(const Request& request);
  // Opens the account's vault key with its password. Errors: as enter().
  Result<Seat> unlock(const Request& request, const Seat& seat,
                      const Sensitive& password);
  // Null if nobody is signed in with this request's cookie. A session that a proxy began
  // counts only in requests through it, for the same person.
  Result<std::optional<Seat>> seat_of(const Request& request);
  Result<void> leave(const Request& request);

  static constexpr const char* kCookie = "noshare_session";

 private:
  Result<store::Account> check(const std::string& name, const Sensitive& password,
                               const std::string& code, std::int64_t now_us);

  store::AccountStore& accounts_;
  store::AuditLog& audit_;
  const std::string proxy_header_;
  std::vector<config::Network> proxy_networks_;
  std::mutex mutex_;
  struct Opened {
    std::shared_ptr<const store::OfficerKey> key;
    std::int64_t used_us = 0;
    bool by_proxy = false;
  };
  Result<Entered> begin(store::Account account,
                        std::shared_ptr<const store::OfficerKey> key,
                        const std::string& how, bool by_proxy);
  // Wipes the keys of sessions that nobody used for too long. Under mutex_.
  void forget_idle(std::int64_t now_us);

  std::map<std::string, Opened> opened_;  // by token
};

}  // namespace noshare::review
