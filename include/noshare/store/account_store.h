// Accounts: who may use the review server, and as what; and their sessions.
//
// In:  names, passwords, one-time codes     Out: accounts and sessions
// Passwords are kept as Argon2id hashes (RFC 9106, libsodium's string form). The secret
// of the one-time codes (TOTP, RFC 6238) and an officer's vault key are kept sealed: the
// first under the installation's key, the second under the password, so that the store
// alone opens nothing. Sessions are random tokens of which only a digest is stored.
// Errors: kNotFound, kInvalidInput (such a name is there, a bad name or password), kLimit
// (too many tries), kIo, kUnavailable, kCorrupt. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"

namespace noshare::store {

enum class Role {
  kAdmin,     // accounts; sees what an officer sees
  kOfficer,   // decides about held messages
  kReviewer,  // sees and denies what the senders of their group sent
  kAuditor,   // reads everything but messages, changes nothing
};
const char* name(Role role) noexcept;  // "officer"
std::optional<Role> role_from_name(std::string_view text) noexcept;

struct Account {
  std::string name;
  Role role = Role::kAuditor;
  std::string senders;        // of a reviewer: globs of addresses, separated by spaces
  std::string password_hash;  // Argon2id
  Sensitive totp_secret;      // 20 bytes; empty: no second factor
  std::string key_text;       // OfficerKey::to_text(); empty: no vault key
  bool disabled = false;
  std::int64_t created_us = 0;
  std::string email;  // for the daily letter; empty: none
};

// Whether it may see what a sender sent: a reviewer only what is of their group.
bool sees(const Account& account, const std::string& sender);
// The same as globs; none: everybody.
std::optional<std::vector<std::string>> visible_senders(const Account& account);

// Errors: kInvalidInput if it is shorter than 12 characters (NIST SP 800-63B asks for 8
// at least), kLimit.
Result<std::string> hash_password(const Sensitive& password);
bool password_fits(const std::string& hash, const Sensitive& password);

struct Session {
  std::string account;
  std::string csrf_token;  // every request that changes something must carry it
  std::int64_t created_us = 0;
  std::int64_t used_us = 0;
};

struct NewSession {
  std::string token;  // for the cookie; it is not stored
  Session session;
};

class AccountStore {
 public:
  static Result<std::unique_ptr<AccountStore>> open(const std::filesystem::path& file,
                                                    FingerprintKey key);
  virtual ~AccountStore() = default;

  // Both write the audit log: "account_created", "account_changed".
  virtual Result<void> add(const Account& account, const std::string& actor) = 0;
  virtual Result<void> change(const Account& account, const std::string& actor) = 0;
  virtual Result<Account> find(const std::string& name) = 0;
  virtual Result<std::vector<Account>> list() = 0;

  // A wrong password or code counts; five within a quarter of an hour close the door for
  // as long. `who` is an account's name or an address.
  virtual Result<void> check_tries(const std::string& who, std::int64_t now_us) = 0;
  virtual Result<void> count_failure(const std::string& who, std::int64_t now_us) = 0;

  // A time step of TOTP may be used once by an account.
  virtual Result<bool> use_totp_step(const std::string& name, std::int64_t step) = 0;

  virtual Result<NewSession> begin_session(const std::string& account,
                                           std::int64_t now_us) = 0;
  // None if it is unknown, ended, unused for `idle_us` or older than `life_us`.
  virtual Result<std::optional<Session>> session(const std::string& token,
                                                 std::int64_t now_us) = 0;
  virtual Result<void> end_session(const std::string& token) = 0;

  static constexpr std::int64_t kIdle_us = 30LL * 60 * 1'000'000;
  static constexpr std::int64_t kLife_us = 12LL * 3600 * 1'000'000;
};

}  // namespace noshare::store
