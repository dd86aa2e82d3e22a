#include "review/sign_in.h"

#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"
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

SignIn::SignIn(store::AccountStore& accounts, store::AuditLog& audit,
               const config::ReviewSettings& settings)
    : accounts_(accounts), audit_(audit), proxy_header_(settings.proxy_header) {
  for (const std::string& one : settings.proxy_networks) {
    // The settings were checked: each of them is a network.
    if (const auto network = config::parse_network(one))
      proxy_networks_.push_back(*network);
  }
}

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
  std::shared_ptr<const store::OfficerKey> key;
  if (!account->key_text.empty()) {
    NOSHARE_TRY(store::OfficerKey opened,
                store::OfficerKey::from_text(account->key_text, password));
    key = std::make_shared<const store::OfficerKey>(std::move(opened));
  }
  return begin(std::move(*account), std::move(key), "from " + peer, false);
}

Result<SignIn::Entered> SignIn::begin(store::Account account,
                                      std::shared_ptr<const store::OfficerKey> key,
                                      const std::string& how, bool by_proxy) {
  const std::int64_t now = now_unix_us();
  const std::string name = account.name;
  NOSHARE_CHECK(audit_.append({0, now, name, "sign_in", name, how}));
  NOSHARE_TRY(store::NewSession made, accounts_.begin_session(name, now));
  Entered entered;
  entered.token = made.token;
  entered.seat.account = std::move(account);
  entered.seat.session = std::move(made.session);
  entered.seat.key = std::move(key);
  const std::lock_guard lock(mutex_);
  forget_idle(now);
  opened_[entered.token] = {entered.seat.key, now, by_proxy};
  return entered;
}

std::string SignIn::proxy_user(const Request& request) const {
  if (proxy_header_.empty()) return {};
  const auto address = config::parse_ip_address(request.peer);
  if (!address ||
      std::none_of(proxy_networks_.begin(), proxy_networks_.end(),
                   [&](const auto& network) { return network.contains(*address); })) {
    return {};
  }
  return std::string(trimmed(request.header(proxy_header_)));
}

Result<SignIn::Entered> SignIn::enter_by_proxy(const Request& request) {
  const std::string name = proxy_user(request);
  if (name.empty()) return fail(ErrorCode::kNotFound, "no proxy has signed anybody in");
  auto account = accounts_.find(name);
  if (!account && account.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(std::move(account).error());
  }
  if (!account || account->disabled) {
    return fail(ErrorCode::kInvalidInput, "there is no account for whom the proxy named");
  }
  return begin(std::move(*account), nullptr, "by the proxy at " + request.peer, true);
}

Result<Seat> SignIn::unlock(const Request& request, const Seat& seat,
                            const Sensitive& password) {
  const std::int64_t now = now_unix_us();
  const std::string who = seat.account.name + " from " + request.peer;
  NOSHARE_CHECK(accounts_.check_tries(who, now));
  if (seat.account.key_text.empty()) {
    return fail(ErrorCode::kInvalidInput, "this account has no key to the vault");
  }
  if (!store::password_fits(seat.account.password_hash, password)) {
    NOSHARE_CHECK(accounts_.count_failure(who, now));
    return fail(ErrorCode::kInvalidInput, "the password is wrong");
  }
  NOSHARE_TRY(store::OfficerKey opened,
              store::OfficerKey::from_text(seat.account.key_text, password));
  NOSHARE_CHECK(audit_.append(
      {0, now, seat.account.name, "unlock", seat.account.name, "vault key"}));
  Seat unlocked = seat;
  unlocked.key = std::make_shared<const store::OfficerKey>(std::move(opened));
  const std::lock_guard lock(mutex_);
  const auto at = opened_.find(request.cookie(kCookie));
  if (at != opened_.end()) at->second.key = unlocked.key;
  return unlocked;
}

Result<std::optional<Seat>> SignIn::seat_of(const Request& request) {
  const std::string token = request.cookie(kCookie);
  if (token.empty()) return std::optional<Seat>();
  const std::int64_t now = now_unix_us();
  NOSHARE_TRY(auto session, accounts_.session(token, now));
  Seat seat;
  bool by_proxy = false;
  {
    const std::lock_guard lock(mutex_);
    forget_idle(now);
    if (!session) opened_.erase(token);
    const auto at = opened_.find(token);
    if (at == opened_.end()) return std::optional<Seat>();
    at->second.used_us = now;
    seat.key = at->second.key;
    by_proxy = at->second.by_proxy;
  }
  if (by_proxy && proxy_user(request) != session->account) return std::optional<Seat>();
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
