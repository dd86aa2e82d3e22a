#include "review/sign_in.h"

#include "noshare/base/clock.h"
#include "noshare/store/totp.h"

namespace noshare::review {

namespace {

tl::unexpected<Error> wrong() {
  return fail(ErrorCode::kInvalidInput, "name, password or code is wrong");
}

// An unknown name takes as long as a known one.
void waste_time(const Sensitive& password) {
  static const std::string hash =
      store::hash_password(Sensitive("nobody has this password")).value_or("");
  static_cast<void>(store::password_fits(hash, password));
}

}  // namespace

void SignIn::forget_idle(std::int64_t now_us) {
  std::erase_if(opened_, [&](const auto& one) {
    return now_us - one.second.used_us > store::AccountStore::kIdle_us;
  });
}

Result<store::Account> SignIn::check(const std::string& name, const Sensitive& password,
                                     const std::string& code, std::int64_t now_us) {
  auto account = accounts_.find(name);
  if (!account) {
    if (account.error().code != ErrorCode::kNotFound) return account;
    waste_time(password);
    return wrong();
  }
  if (!store::password_fits(account->password_hash, password) || account->disabled) {
    return wrong();
  }
  if (account->totp_secret.empty()) return account;
  const auto step =
      store::totp_step_of(account->totp_secret.reveal(), code, now_us / 1'000'000);
  if (!step) return wrong();
  // A code that somebody looked at over a shoulder is worth nothing a second time.
  NOSHARE_TRY(const bool fresh, accounts_.use_totp_step(name, *step));
  if (!fresh) return wrong();
  return account;
}

Result<SignIn::Entered> SignIn::enter(const std::string& name, const Sensitive& password,
                                      const std::string& code, const std::string& peer) {
  const std::int64_t now = now_unix_us();
  const std::string who = name + " from " + peer;
  NOSHARE_CHECK(accounts_.check_tries(who, now));
  auto account = check(name, password, code, now);
  if (!account) {
    if (account.error().code == ErrorCode::kInvalidInput) {
      NOSHARE_CHECK(accounts_.count_failure(who, now));
    }
    return tl::unexpected(std::move(account).error());
  }
  Entered entered;
  if (!account->key_text.empty()) {
    NOSHARE_TRY(store::OfficerKey key,
                store::OfficerKey::from_text(account->key_text, password));
    entered.seat.key = std::make_shared<const store::OfficerKey>(std::move(key));
  }
  NOSHARE_CHECK(audit_.append({0, now, name, "sign_in", name, "from " + peer}));
  NOSHARE_TRY(store::NewSession made, accounts_.begin_session(name, now));
  entered.token = made.token;
  entered.seat.account = std::move(*account);
  entered.seat.session = std::move(made.session);
  const std::lock_guard lock(mutex_);
  forget_idle(now);
  opened_[entered.token] = {entered.seat.key, now};
  return entered;
}

Result<std::optional<Seat>> SignIn::seat_of(const Request& request) {
  const std::string token = request.cookie(kCookie);
  if (token.empty()) return std::optional<Seat>();
  const std::int64_t now = now_unix_us();
  NOSHARE_TRY(auto session, accounts_.session(token, now));
  Seat seat;
  {
    const std::lock_guard lock(mutex_);
    forget_idle(now);
    if (!session) opened_.erase(token);
    const auto at = opened_.find(token);
    if (at == opened_.end()) return std::optional<Seat>();
    at->second.used_us = now;
    seat.key = at->second.key;
  }
  auto account = accounts_.find(session->account);
  if (!account) return tl::unexpected(std::move(account).error());
  if (account->disabled) return std::optional<Seat>();
  seat.account = std::move(*account);
  seat.session = std::move(*session);
  return std::optional<Seat>(std::move(seat));
}

Result<void> SignIn::leave(const Request& request) {
  const std::string token = request.cookie(kCookie);
  {
    const std::lock_guard lock(mutex_);
    opened_.erase(token);
  }
  return accounts_.end_session(token);
}

}  // namespace noshare::review
