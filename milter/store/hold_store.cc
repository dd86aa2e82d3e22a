// The states of held messages in the store's database.
#include "noshare/store/hold_store.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <span>
#include <unordered_map>

#include <sodium.h>

#include "audit_chain.h"
#include "bytes.h"
#include "case_number.h"
#include "database.h"
#include "open_file.h"
#include "schema.h"
#include "sender_globs.h"
#include "together.h"

namespace noshare::store {

namespace {

constexpr std::array<const char*, 5> kStates{"held", "releasing", "released", "denied",
                                             "expired"};
// A release that the mail server has not taken by then is asked for anew.
constexpr std::int64_t kTokenLife_us = 10LL * 60 * 1'000'000;

// "RANDOM.SIGNATURE", both in hexadecimal.
class Tokens {
 public:
  explicit Tokens(FingerprintKey key) : key_(std::move(key)) {}

  std::string make(const Fingerprint& binding) const {
    Fingerprint random;
    randombytes_buf(random.bytes.data(), random.bytes.size());
    return random.hex() + "." + signature(random.hex(), binding);
  }
  bool is_genuine(const std::string& token, const Fingerprint& binding) const {
    const std::size_t dot = token.find('.');
    if (dot == std::string::npos) return false;
    const std::string expected = signature(token.substr(0, dot), binding);
    return token.size() == dot + 1 + expected.size() &&
           sodium_memcmp(token.data() + dot + 1, expected.data(), expected.size()) == 0;
  }

 private:
  std::string signature(const std::string& random, const Fingerprint& binding) const {
    return key_.of("release token", random + binding.hex()).hex();
  }
  FingerprintKey key_;
};

Result<Hold> read_hold(Statement& row) {
  Hold hold;
  hold.case_number = row.text();
  const auto state = hold_state_from_name(row.text());
  if (!state) return fail(ErrorCode::kCorrupt, "the store has a hold of unknown state");
  hold.state = *state;
  hold.held_us = row.integer();
  hold.changed_us = row.integer();
  hold.redeemed = row.integer() != 0;
  return hold;
}

constexpr const char* kSelectHolds =
    "SELECT case_number, state, held_us, changed_us, EXISTS (SELECT 1 FROM "
    "release_tokens WHERE release_tokens.case_number = holds.case_number AND "
    "redeemed_us >= held_us AND redeemed_us > 0) FROM holds ";

tl::unexpected<Error> not_held(const Hold& hold) {
  return fail(ErrorCode::kInvalidInput,
              "case " + hold.case_number + " is " + name(hold.state) + ", not held");
}

tl::unexpected<Error> not_releasing(const Hold& hold) {
  return fail(ErrorCode::kInvalidInput, "case " + hold.case_number + " is " +
                                            name(hold.state) +
                                            ", not a release that waits to be confirmed");
}

class DatabaseHoldStore final : public HoldStore {
 public:
  DatabaseHoldStore(Connection connection, FingerprintKey key)
      : connection_(std::move(connection)), tokens_(key), key_(std::move(key)) {}

  Result<void> held(const std::string& case_number, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement put,
        connection_.prepare(
            "INSERT INTO holds (case_number, state, held_us, changed_us, sender) "
            "VALUES (?, 'held', ?, ?, coalesce((SELECT sender FROM incidents WHERE "
            "case_number = ?), '')) ON CONFLICT (case_number) DO UPDATE "
            "SET state = 'held', held_us = excluded.held_us, changed_us = "
            "excluded.changed_us WHERE holds.state NOT IN ('held', 'releasing')"));
    return put.bind(case_number).bind(now_us).bind(now_us).bind(case_number).run();
  }

  Result<ReleaseAnswer> ask_release(const ReleaseRequest& request) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(request.case_number));
    NOSHARE_CHECK(may_release(hold, request));
    NOSHARE_CHECK(note(hold, request.now_us, request.officer, "release", request.reason));
    NOSHARE_TRY(const Hold now, hold_of(hold.case_number));
    std::set<std::string> agreed;
    for (const HoldDecision& one : now.decisions) {
      if (one.decision == "release" && one.time_us >= now.held_us)
        agreed.insert(one.officer);
    }
    ReleaseAnswer answer;
    const auto count = static_cast<std::uint32_t>(agreed.size());
    if (count < request.officers_needed) {
      answer.officers_missing = request.officers_needed - count;
    } else {
      answer.token = tokens_.make(request.binding);
      NOSHARE_CHECK(keep_token(hold, answer.token, request.now_us));
      NOSHARE_CHECK(set_state(hold, HoldState::kReleasing, request.now_us));
    }
    NOSHARE_CHECK(transaction.commit());
    return answer;
  }

  Result<std::optional<std::string>> redeem(const std::string& token,
                                            const Fingerprint& binding,
                                            std::int64_t now_us) override {
    if (!tokens_.is_genuine(token, binding)) return std::optional<std::string>();
    const std::lock_guard lock(mutex_);
    // One statement: of two messages with the same token, one gets it.
    NOSHARE_TRY(Statement take,
                connection_.prepare("UPDATE release_tokens SET redeemed_us = ? WHERE "
                                    "token_digest = ? AND redeemed_us = 0 AND expires_us "
                                    "> ? RETURNING case_number"));
    take.bind(now_us).bind_blob(digest(token)).bind(now_us);
    NOSHARE_TRY(const bool has_row, take.step());
    if (!has_row) return std::optional<std::string>();
    std::optional<std::string> case_number = take.text();
    NOSHARE_CHECK(take.step());
    return case_number;
  }

  bool is_genuine(const std::string& token, const Fingerprint& binding) const override {
    return tokens_.is_genuine(token, binding);
  }

  Result<void> released(const std::string& case_number, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(case_number));
    // Held: an attempt beside this one failed. It is out all the same.
    if (hold.state != HoldState::kReleasing && hold.state != HoldState::kHeld) {
      return not_releasing(hold);
    }
    NOSHARE_CHECK(note(hold, now_us, "", "released", ""));
    NOSHARE_CHECK(void_tokens(hold));
    NOSHARE_CHECK(set_state(hold, HoldState::kReleased, now_us));
    return transaction.commit();
  }

  Result<void> refused(const std::string& case_number, const std::string& token,
                       const std::string& reason, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(case_number));
    // Nothing went out with this token, and nothing will.
    NOSHARE_TRY(Statement end,
                connection_.prepare("UPDATE release_tokens SET redeemed_us = 0, "
                                    "expires_us = 0 WHERE token_digest = ? AND "
                                    "expires_us > 0 RETURNING 1"));
    end.bind_blob(digest(token));
    NOSHARE_TRY(const bool was_the_last, end.step());
    if (was_the_last) NOSHARE_CHECK(end.step());
    NOSHARE_CHECK(note(hold, now_us, "", "failed", reason));
    if (was_the_last && hold.state == HoldState::kReleasing) {
      NOSHARE_CHECK(set_state(hold, HoldState::kHeld, now_us));
    }
    return transaction.commit();
  }

  Result<void> confirm_sent(const std::string& case_number, const std::string& officer,
                            const std::string& reason, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(case_number));
    if (hold.state != HoldState::kReleasing || !hold.redeemed) return not_releasing(hold);
    NOSHARE_CHECK(note(hold, now_us, officer, "confirm", reason));
    NOSHARE_CHECK(void_tokens(hold));
    NOSHARE_CHECK(set_state(hold, HoldState::kReleased, now_us));
    return transaction.commit();
  }

  Result<void> deny(const std::string& case_number, const std::string& officer,
                    const std::string& reason, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(case_number));
    const bool stopped = hold.state == HoldState::kReleasing && !hold.redeemed;
    if (hold.state != HoldState::kHeld && !stopped) return not_held(hold);
    NOSHARE_CHECK(void_tokens(hold));
    NOSHARE_CHECK(note(hold, now_us, officer, "deny", reason));
    NOSHARE_CHECK(set_state(hold, HoldState::kDenied, now_us));
    return transaction.commit();
  }

  Result<void> was_read(const std::string& case_number, const std::string& officer,
                        const std::string& reason, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const Hold hold, hold_of(case_number));
    NOSHARE_CHECK(note(hold, now_us, officer, "read", reason));
    return transaction.commit();
  }

  Result<std::vector<std::string>> expire(std::int64_t before_us,
                                          std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    std::vector<std::string> cases;
    {
      NOSHARE_TRY(
          Statement query,
          connection_.prepare("SELECT case_number FROM holds WHERE state = 'held' "
                              "AND held_us < ? ORDER BY held_us"));
      query.bind(before_us);
      for (;;) {
        NOSHARE_TRY(const bool has_row, query.step());
        if (!has_row) break;
        cases.push_back(query.text());
      }
    }
    for (const std::string& one : cases) {
      NOSHARE_TRY(const Hold hold, hold_of(one));
      NOSHARE_CHECK(note(hold, now_us, "", "expire", "nobody decided in time"));
      NOSHARE_CHECK(set_state(hold, HoldState::kExpired, now_us));
    }
    NOSHARE_CHECK(transaction.commit());
    return cases;
  }

  Result<Hold> find(const std::string& case_number) override {
    const std::lock_guard lock(mutex_);
    return hold_of(case_number);
  }

  Result<std::vector<Hold>> list(
      std::optional<HoldState> state, std::uint32_t most,
      const std::optional<std::vector<std::string>>& senders) override {
    const std::lock_guard lock(mutex_);
    const std::string who = senders ? fits_one_of("sender", senders->size()) : "1 = 1";
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string(kSelectHolds) + "WHERE " + who +
                                    (state ? " AND state = ?" : "") +
                                    " ORDER BY held_us DESC LIMIT ?"));
    if (senders) {
      for (const std::string& one : *senders) query.bind(like_pattern(one));
    }
    if (state) query.bind(std::string_view(name(*state)));
    query.bind(std::int64_t{most});
    std::vector<Hold> holds;
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) break;
      NOSHARE_TRY(Hold hold, read_hold(query));
      holds.push_back(std::move(hold));
    }
    for (std::size_t at = 0; at < holds.size(); at += kTogether) {
      NOSHARE_CHECK(read_decisions(
          std::span(holds).subspan(at, std::min(kTogether, holds.size() - at))));
    }
    return holds;
  }

 private:
  Result<Hold> hold_of(const std::string& case_number) {
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string(kSelectHolds) + "WHERE case_number = ?"));
    query.bind(canonical_case_number(case_number));
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) {
      return fail(ErrorCode::kNotFound, "no message is held under this case number");
    }
    NOSHARE_TRY(Hold hold, read_hold(query));
    NOSHARE_CHECK(read_decisions(std::span(&hold, 1)));
    return hold;
  }

  // Of at most kTogether of them.
  Result<void> read_decisions(std::span<Hold> holds) {
    std::vector<std::string> cases;
    std::unordered_map<std::string, Hold*> by_case;
    for (Hold& hold : holds) {
      cases.push_back(hold.case_number);
      by_case[hold.case_number] = &hold;
    }
    NOSHARE_TRY(
        Statement query,
        connection_.prepare("SELECT case_number, time_us, officer, decision, reason FROM "
                            "hold_decisions WHERE case_number IN (" +
                            places_for(cases.size()) + ") ORDER BY id"));
    bind_places(cases, [&](const std::string& one) { query.bind(one); });
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return {};
      Hold& hold = *by_case.at(query.text());
      HoldDecision one;
      one.time_us = query.integer();
      one.officer = query.text();
      one.decision = query.text();
      one.reason = query.text();
      hold.decisions.push_back(std::move(one));
    }
  }

  static Result<void> may_release(const Hold& hold, const ReleaseRequest& request) {
    if (hold.state == HoldState::kHeld) return {};
    if (hold.state != HoldState::kReleasing) return not_held(hold);
    if (!hold.redeemed || request.again) return {};
    return fail(ErrorCode::kInvalidInput,
                "an earlier release of case " + hold.case_number +
                    " passed the filter and was not confirmed by the mail server: it may "
                    "have gone out; look into the mail server's queue and log, then "
                    "release it again explicitly");
  }

  // The decision and its entry in the audit log.
  Result<void> note(const Hold& hold, std::int64_t now_us, const std::string& officer,
                    const std::string& decision, const std::string& reason) {
    NOSHARE_TRY(Statement add,
                connection_.prepare("INSERT INTO hold_decisions (case_number, time_us, "
                                    "officer, decision, reason) VALUES (?, ?, ?, ?, ?)"));
    NOSHARE_CHECK(add.bind(hold.case_number)
                      .bind(now_us)
                      .bind(officer)
                      .bind(decision)
                      .bind(reason)
                      .run());
    const std::string actor = officer.empty() ? "noshare" : officer;
    return append_audit(connection_, key_,
                        {0, now_us, actor, decision, hold.case_number, reason});
  }

  Result<void> keep_token(const Hold& hold, const std::string& token,
                          std::int64_t now_us) {
    NOSHARE_CHECK(void_tokens(hold));
    NOSHARE_TRY(Statement add,
                connection_.prepare("INSERT INTO release_tokens (token_digest, "
                                    "case_number, expires_us) VALUES (?, ?, ?)"));
    return add.bind_blob(digest(token))
        .bind(hold.case_number)
        .bind(now_us + kTokenLife_us)
        .run();
  }

  // An earlier one that was never used is worth nothing from now on.
  Result<void> void_tokens(const Hold& hold) {
    NOSHARE_TRY(Statement update,
                connection_.prepare("UPDATE release_tokens SET expires_us = 0 WHERE "
                                    "case_number = ?"));
    return update.bind(hold.case_number).run();
  }

  Result<void> set_state(const Hold& hold, HoldState state, std::int64_t now_us) {
    NOSHARE_TRY(Statement update,
                connection_.prepare("UPDATE holds SET state = ?, changed_us = ? WHERE "
                                    "case_number = ?"));
    return update.bind(std::string_view(name(state)))
        .bind(now_us)
        .bind(hold.case_number)
        .run();
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  Tokens tokens_;
  FingerprintKey key_;
};

}  // namespace

const char* name(HoldState state) noexcept {
  return kStates[static_cast<std::size_t>(state)];
}

std::optional<HoldState> hold_state_from_name(std::string_view text) noexcept {
  const auto* const at = std::find(kStates.begin(), kStates.end(), text);
  if (at == kStates.end()) return std::nullopt;
  return static_cast<HoldState>(at - kStates.begin());
}

Fingerprint release_binding(const FingerprintKey& key, std::string_view message,
                            std::vector<std::string> recipients) {
  for (std::string& one : recipients) one = normalised_address(one);
  std::sort(recipients.begin(), recipients.end());
  std::string bound = digest(message);
  for (const std::string& one : recipients) bound += one + '\n';
  return key.of("released message", bound);
}

Result<std::unique_ptr<HoldStore>> HoldStore::open(const std::filesystem::path& file,
                                                   Access access, FingerprintKey key) {
  NOSHARE_TRY(Connection connection, open_file(file, access == Access::kReadOnly));
  return std::make_unique<DatabaseHoldStore>(std::move(connection), std::move(key));
}

}  // namespace noshare::store
