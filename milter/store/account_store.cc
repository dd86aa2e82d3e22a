// Accounts and sessions in the store's database.
#include "noshare/store/account_store.h"

#include <algorithm>
#include <array>
#include <mutex>

#include <sodium.h>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"

#include "audit_chain.h"
#include "bytes.h"
#include "database.h"
#include "open_file.h"
#include "secret_box.h"

namespace noshare::store {

namespace {

constexpr std::array<const char*, 4> kRoles{"admin", "officer", "reviewer", "auditor"};
constexpr std::size_t kLeastPasswordChars = 12;
constexpr std::int64_t kTriesWindow_us = 15LL * 60 * 1'000'000;
constexpr std::int64_t kMostTries = 5;
constexpr const char* kAccountColumns =
    "name, role, senders, password_hash, totp_sealed, key_text, disabled, created_us, "
    "email";

std::string random_hex() {
  std::array<Fingerprint, 2> random;
  for (Fingerprint& half : random) randombytes_buf(half.bytes.data(), half.bytes.size());
  return random[0].hex() + random[1].hex();
}

class DatabaseAccountStore final : public AccountStore {
 public:
  DatabaseAccountStore(Connection connection, FingerprintKey key)
      : connection_(std::move(connection)), box_(key, "totp"), key_(std::move(key)) {}

  Result<void> add(const Account& account, const std::string& actor) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const bool is_there, exists(account.name));
    if (is_there) {
      return fail(ErrorCode::kInvalidInput, "an account has the name " + account.name);
    }
    NOSHARE_CHECK(
        write(account,
              "INSERT INTO accounts (role, senders, password_hash, totp_sealed, "
              "key_text, disabled, created_us, email, name) VALUES (?, ?, ?, ?, ?, "
              "?, ?, ?, ?)"));
    NOSHARE_CHECK(audit(actor, "account_created", account));
    return transaction.commit();
  }

  Result<void> change(const Account& account, const std::string& actor) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const bool is_there, exists(account.name));
    if (!is_there) return unknown();
    NOSHARE_CHECK(write(
        account,
        "UPDATE accounts SET role = ?, senders = ?, password_hash = ?, "
        "totp_sealed = ?, key_text = ?, disabled = ?, created_us = ?, email = ? WHERE "
        "name = ?"));
    // Whoever is signed in has to do it again.
    NOSHARE_TRY(Statement end,
                connection_.prepare("DELETE FROM sessions WHERE account = ?"));
    NOSHARE_CHECK(end.bind(account.name).run());
    NOSHARE_CHECK(audit(actor, "account_changed", account));
    return transaction.commit();
  }

  Result<Account> find(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT ") + kAccountColumns +
                                    " FROM accounts WHERE name = ?"));
    query.bind(name);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return unknown();
    return read_account(query);
  }

  Result<std::vector<Account>> list() override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT ") + kAccountColumns +
                                    " FROM accounts ORDER BY name"));
    std::vector<Account> accounts;
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return accounts;
      NOSHARE_TRY(Account account, read_account(query));
      accounts.push_back(std::move(account));
    }
  }

  Result<void> check_tries(const std::string& who, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT count(*) FROM sign_in_failures WHERE who = ? "
                                    "AND time_us > ?"));
    query.bind(who).bind(now_us - kTriesWindow_us);
    NOSHARE_CHECK(query.step());
    if (query.integer() < kMostTries) return {};
    return fail(ErrorCode::kLimit, "too many wrong tries; wait a quarter of an hour");
  }

  Result<void> count_failure(const std::string& who, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement forget,
                connection_.prepare("DELETE FROM sign_in_failures WHERE time_us <= ?"));
    NOSHARE_CHECK(forget.bind(now_us - kTriesWindow_us).run());
    NOSHARE_TRY(
        Statement add,
        connection_.prepare("INSERT INTO sign_in_failures (who, time_us) VALUES (?, ?)"));
    return add.bind(who).bind(now_us).run();
  }

  Result<bool> use_totp_step(const std::string& name, std::int64_t step) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement update,
        connection_.prepare("UPDATE accounts SET totp_step = ? WHERE name = ? AND "
                            "totp_step < ?"));
    NOSHARE_CHECK(update.bind(step).bind(name).bind(step).run());
    return connection_.changed_rows() == 1;
  }

  Result<NewSession> begin_session(const std::string& account,
                                   std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NewSession made{random_hex(), {account, random_hex(), now_us, now_us}};
    NOSHARE_TRY(Statement forget,
                connection_.prepare("DELETE FROM sessions WHERE used_us < ?"));
    NOSHARE_CHECK(forget.bind(now_us - kLife_us).run());
    NOSHARE_TRY(Statement add, connection_.prepare(
                                   "INSERT INTO sessions (token_digest, account, "
                                   "csrf_token, created_us, used_us) VALUES (?, ?, ?, ?, "
                                   "?)"));
    NOSHARE_CHECK(add.bind_blob(digest(made.token))
                      .bind(account)
                      .bind(made.session.csrf_token)
                      .bind(now_us)
                      .bind(now_us)
                      .run());
    return made;
  }

  Result<std::optional<Session>> session(const std::string& token,
                                         std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement query,
        connection_.prepare("SELECT account, csrf_token, created_us, used_us FROM "
                            "sessions WHERE token_digest = ? AND used_us >= ? AND "
                            "created_us >= ?"));
    query.bind_blob(digest(token)).bind(now_us - kIdle_us).bind(now_us - kLife_us);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return std::optional<Session>();
    Session session;
    session.account = query.text();
    session.csrf_token = query.text();
    session.created_us = query.integer();
    session.used_us = query.integer();
    constexpr std::int64_t kMinute_us = 60'000'000;
    if (now_us - session.used_us > kMinute_us) {  // not a write for each request
      NOSHARE_TRY(Statement touch, connection_.prepare("UPDATE sessions SET used_us = ? "
                                                       "WHERE token_digest = ?"));
      NOSHARE_CHECK(touch.bind(now_us).bind_blob(digest(token)).run());
    }
    return std::optional<Session>(std::move(session));
  }

  Result<void> end_session(const std::string& token) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement end,
                connection_.prepare("DELETE FROM sessions WHERE token_digest = ?"));
    return end.bind_blob(digest(token)).run();
  }

 private:
  static tl::unexpected<Error> unknown() {
    return fail(ErrorCode::kNotFound, "no account has this name");
  }

  Result<bool> exists(const std::string& name) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT 1 FROM accounts WHERE name = ?"));
    query.bind(name);
    return query.step();
  }

  Result<Account> read_account(Statement& row) const {
    Account account;
    account.name = row.text();
    const auto role = role_from_name(row.text());
    if (!role) return fail(ErrorCode::kCorrupt, "an account has an unknown role");
    account.role = *role;
    account.senders = row.text();
    account.password_hash = row.text();
    NOSHARE_TRY(account.totp_secret, box_.open(row.blob()));
    account.key_text = row.text();
    account.disabled = row.integer() != 0;
    account.created_us = row.integer();
    account.email = row.text();
    return account;
  }

  Result<void> write(const Account& account, const char* sql) {
    NOSHARE_TRY(Statement write, connection_.prepare(sql));
    return write.bind(std::string_view(store::name(account.role)))
        .bind(account.senders)
        .bind(account.password_hash)
        .bind_blob(box_.seal(account.totp_secret.reveal()))
        .bind(account.key_text)
        .bind(std::int64_t{account.disabled ? 1 : 0})
        .bind(account.created_us)
        .bind(account.email)
        .bind(account.name)
        .run();
  }

  Result<void> audit(const std::string& actor, const char* act, const Account& account) {
    const std::string detail = std::string(store::name(account.role)) +
                               (account.disabled ? ", disabled" : "") +
                               (account.totp_secret.empty() ? ", no second factor" : "");
    return append_audit(connection_, key_,
                        {0, now_unix_us(), actor, act, account.name, detail});
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  SecretBox box_;
  FingerprintKey key_;
};

}  // namespace

std::optional<std::vector<std::string>> visible_senders(const Account& account) {
  if (account.role != Role::kReviewer) return std::nullopt;
  std::vector<std::string> globs;
  for (const std::string_view one : split(account.senders, ' ')) {
    if (!one.empty()) globs.emplace_back(one);
  }
  return globs;
}

bool sees(const Account& account, const std::string& sender) {
  const auto globs = visible_senders(account);
  return !globs || std::any_of(globs->begin(), globs->end(), [&](const auto& glob) {
    return glob_match(glob, sender);
  });
}

const char* name(Role role) noexcept { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from_name(std::string_view text) noexcept {
  const auto* const at = std::find(kRoles.begin(), kRoles.end(), text);
  if (at == kRoles.end()) return std::nullopt;
  return static_cast<Role>(at - kRoles.begin());
}

Result<std::string> hash_password(const Sensitive& password) {
  NOSHARE_CHECK(start_sodium());
  if (password.size() < kLeastPasswordChars) {
    return fail(ErrorCode::kInvalidInput, "a password has 12 characters at least");
  }
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.reveal().data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return fail(ErrorCode::kLimit, "no memory to hash a password");
  }
  return std::string(hash.data());
}

bool password_fits(const std::string& hash, const Sensitive& password) {
  return start_sodium() &&
         crypto_pwhash_str_verify(hash.c_str(), password.reveal().data(),
                                  password.size()) == 0;
}

Result<std::unique_ptr<AccountStore>> AccountStore::open(
    const std::filesystem::path& file, FingerprintKey key) {
  NOSHARE_CHECK(start_sodium());
  NOSHARE_TRY(Connection connection, open_file(file, false));
  return std::make_unique<DatabaseAccountStore>(std::move(connection), std::move(key));
}

}  // namespace noshare::store
