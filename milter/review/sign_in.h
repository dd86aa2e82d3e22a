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
  SignIn(store::AccountStore& accounts, store::AuditLog& audit)
      : accounts_(accounts), audit_(audit) {}

  struct Entered {
    std::string token;
    Seat seat;
  };
  // Errors: kInvalidInput (name, password or code is wrong: it is not said which),
  // kLimit.
  Result<Entered> enter(const std::string& name, const Sensitive& password,
                        const std::string& code, const std::string& peer);
  // Null if nobody is signed in with this request's cookie.
  Result<std::optional<Seat>> seat_of(const Request& request);
  Result<void> leave(const Request& request);

  static constexpr const char* kCookie = "noshare_session";

 private:
  Result<store::Account> check(const std::string& name, const Sensitive& password,
                               const std::string& code, std::int64_t now_us);

  store::AccountStore& accounts_;
  store::AuditLog& audit_;
  std::mutex mutex_;
  struct Opened {
    std::shared_ptr<const store::OfficerKey> key;
    std::int64_t used_us = 0;
  };
  // Wipes the keys of sessions that nobody used for too long. Under mutex_.
  void forget_idle(std::int64_t now_us);

  std::map<std::string, Opened> opened_;  // by token
};

}  // namespace noshare::review
