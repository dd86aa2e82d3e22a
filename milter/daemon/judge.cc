#include "daemon/judge.h"

#include <algorithm>
#include <utility>

#include "noshare/base/clock.h"
#include "noshare/base/log.h"

namespace noshare::daemon {

namespace {

constexpr const char* kStaleRelease =
    "550 5.7.1 this release was given up or has gone out already";

// "2026-11-24T10:15:00.000Z": agreements with processors end at midnight UTC.
std::string now() { return rfc3339_utc(now_unix_us()); }

// Every recipient would be dropped, so nobody is left to deliver to.
bool drops_all(const model::Verdict& verdict) {
  return !verdict.recipients.empty() &&
         std::all_of(
             verdict.recipients.begin(), verdict.recipients.end(),
             [](const auto& one) { return one.action == model::Action::kDropRecipient; });
}

// Whatever is known of people cannot change this verdict: nothing counts for anybody, and
// not because of who a recipient is.
bool tells_nothing(const model::Verdict& verdict) {
  return verdict.action == model::Action::kDeliver &&
         std::all_of(verdict.recipients.begin(), verdict.recipients.end(),
                     [](const auto& one) { return one.disclosed.empty(); }) &&
         std::all_of(verdict.allowances.begin(), verdict.allowances.end(),
                     [](const auto& one) { return one.recipient.empty(); });
}

// Mail from outside is read only if a rule is about it.
bool is_looked_at(model::Direction direction, const config::Settings& settings) {
  return direction == model::Direction::kOutbound ||
         std::any_of(settings.rules.begin(), settings.rules.end(),
                     [&](const auto& rule) { return rule.when.direction == direction; });
}

}  // namespace

Result<Judgement> Judge::judge(Transaction& transaction,
                               const std::function<bool()>& waiting) {
  Judgement judgement;
  judgement.snapshot = transaction.snapshot_ptr();
  judgement.verdict.direction =
      judgement.snapshot->policy.direction(transaction.envelope());
  judgement.verdict.monitor = judgement.snapshot->settings.mode == config::Mode::kMonitor;
  if (holding_ != nullptr && transaction.release_token()) {
    NOSHARE_CHECK(transaction.finish());
    NOSHARE_TRY(const auto released, holding_->released_case(transaction));
    if (!released.case_number.empty()) {
      judgement.released_case = released.case_number;
      judgement.verdict.why.push_back("released by officers, case " +
                                      released.case_number);
      return judgement;
    }
    if (released.is_stale) {
      judgement.action = judgement.verdict.action = model::Action::kReject;
      judgement.verdict.reply = kStaleRelease;
      judgement.verdict.why.push_back(
          "a release that was given up or is through already");
      return judgement;
    }
  }
  if (is_looked_at(judgement.verdict.direction, judgement.snapshot->settings)) {
    NOSHARE_CHECK(scan(transaction, waiting, judgement));
    NOSHARE_CHECK(choose_action(transaction, waiting, judgement));
    NOSHARE_CHECK(record_sharing(transaction, judgement));
    if (judgement.verdict.action != model::Action::kDeliver ||
        !judgement.verdict.dry_run.empty() || !judgement.verdict.override_case.empty()) {
      NOSHARE_CHECK(record(transaction, judgement));
    }
    remember(transaction, judgement);
  } else {
    learn(transaction, waiting);
  }
  return judgement;
}

void Judge::learn(Transaction& transaction, const std::function<bool()>& waiting) {
  if (known_ == nullptr || transaction.snapshot().settings.received.keep_days == 0)
    return;
  Judgement judgement;
  judgement.snapshot = transaction.snapshot_ptr();
  judgement.verdict.direction = model::Direction::kInbound;
  if (const auto scanned = scan(transaction, waiting, judgement); !scanned) {
    log::warning("not_learned", {{"reason", scanned.error().message}});
    return;
  }
  remember(transaction, judgement);
}

void Judge::remember(const Transaction& transaction, const Judgement& judgement) {
  if (known_ == nullptr || judgement.verdict.direction != model::Direction::kInbound) {
    return;
  }
  const auto received = judgement.snapshot->policy.received(
      transaction.envelope(), judgement.report, now().substr(0, 10));
  if (received.empty()) return;
  if (const auto done = known_->remember(received); !done) {
    log::warning("not_learned", {{"reason", done.error().message}});
  }
}

bool Judge::store_is_away(const Error& error) {
  metrics_.store_failed();
  if (spooling_ == nullptr || !is_away(error)) return false;
  spooling_->failed();
  return true;
}

Result<model::Known> Judge::what_is_known(const Transaction& transaction,
                                          const Judgement& judgement) {
  if (known_ == nullptr) return model::Known();
  const model::Questions questions =
      judgement.snapshot->policy.questions(transaction.envelope(), judgement.report);
  if (!questions.empty() && spooling_ != nullptr && spooling_->expects_failure()) {
    return fail(ErrorCode::kUnavailable, "the store is away");
  }
  return known_->answer(questions, now_unix_us());
}

Result<void> Judge::decide(const Transaction& transaction, Judgement& judgement) {
  const policy::Policy& policy = judgement.snapshot->policy;
  Result<model::Known> known = what_is_known(transaction, judgement);
  if (known) judgement.known = *std::move(known);
  judgement.decided_us = now_unix_us();
  judgement.verdict = policy.decide(transaction.envelope(), judgement.report,
                                    judgement.known, rfc3339_utc(judgement.decided_us));
  // While the store is away, mail in which nothing is anybody else's goes on.
  if (known || tells_nothing(judgement.verdict)) return {};
  // Nothing leaves with a hold, and officers look at it: permissions can wait for them.
  if (store_is_away(known.error()) && judgement.verdict.action == model::Action::kHold) {
    judgement.verdict.why.push_back(
        "the store was away: permissions and exclusions were not asked for");
    return {};
  }
  return tl::unexpected(std::move(known).error());
}

Result<void> Judge::scan(Transaction& transaction, const std::function<bool()>& waiting,
                         Judgement& judgement) {
  NOSHARE_CHECK(transaction.finish());
  const config::Settings& settings = transaction.snapshot().settings;
  const auto begin = SteadyClock::now();
  NOSHARE_TRY(judgement.report,
              pool_.scan(transaction.file().fd(), settings.limits, waiting));
  metrics_.scan_took(std::chrono::duration<double>(SteadyClock::now() - begin).count());
  judgement.scanned = true;
  if (transaction.file().too_large()) {
    judgement.report.bytes = transaction.file().bytes();
    judgement.report.unreadable.push_back(
        {"", "message", model::UnreadableReason::kTooLarge,
         "only the first " + std::to_string(settings.limits.message_bytes) +
             " bytes were read"});
  }
  // A report of the pool itself (a worker died) names no configuration.
  if (!judgement.report.snapshot.empty()) {
    judgement.snapshot = snapshots_.of_report(judgement.report.snapshot);
    if (!judgement.snapshot) {
      return fail(ErrorCode::kUnavailable,
                  "the workers read another configuration: " + judgement.report.snapshot);
    }
  }
  return decide(transaction, judgement);
}

Result<void> Judge::choose_action(const Transaction& transaction,
                                  const std::function<bool()>& waiting,
                                  Judgement& judgement) {
  const model::Verdict& verdict = judgement.verdict;
  judgement.action = verdict.monitor ? model::Action::kDeliver : verdict.action;
  if (judgement.action == model::Action::kDropRecipient && drops_all(verdict)) {
    judgement.action = model::Action::kReject;
  }
  if (judgement.action != model::Action::kRedact) return {};
  NOSHARE_TRY(pool::Redaction redaction,
              pool_.redact(transaction.file().fd(), verdict.redactions,
                           judgement.snapshot->settings.limits, waiting));
  if (redaction.report.possible && !transaction.file().too_large()) {
    judgement.redaction = std::move(redaction);
  } else {
    // Signed, encrypted, or a value in a part that is no text: it must not go out as it
    // is.
    judgement.action = model::Action::kHold;
    judgement.verdict.why.push_back("held, for it cannot be redacted: " +
                                    redaction.report.reason);
  }
  return {};
}

// What goes out by law, by the sender's own decision, or towards a limit is on record
// before it goes.
Result<void> Judge::record_sharing(const Transaction& transaction,
                                   const Judgement& judgement) {
  const model::Verdict& verdict = judgement.verdict;
  const bool goes = judgement.action < model::Action::kHold;
  const bool tells = !verdict.disclosures.empty() || !verdict.override_case.empty() ||
                     !verdict.shared.empty();
  if (known_ == nullptr || !goes || !tells) return {};
  return known_->record_sharing(verdict, transaction.envelope().sender, now_unix_us());
}

Result<void> Judge::record(const Transaction& transaction, Judgement& judgement) {
  model::Incident incident;
  incident.time_us = judgement.decided_us;  // by which it can be made again
  incident.envelope = transaction.envelope();
  incident.report = judgement.report;
  incident.verdict = judgement.verdict;
  incident.known = judgement.known;
  incident.policy_version = judgement.snapshot->settings.version;
  incident.pack_version = pool_.status().pack_version;
  incident.carried_out = judgement.action;
  bool spooled = false;
  NOSHARE_TRY(incident.case_number, record_somewhere(incident, spooled));
  judgement.case_number = incident.case_number;
  auto held = hold(transaction, incident, spooled, judgement);
  if (spooled) spooling_->done(incident.case_number);
  return held;
}

Result<std::string> Judge::record_somewhere(const model::Incident& incident,
                                            bool& spooled) {
  if (spooling_ == nullptr || !spooling_->expects_failure()) {
    auto case_number = store_.record(incident);
    if (case_number || !store_is_away(case_number.error())) return case_number;
  }
  auto case_number = spooling_->record(incident);
  spooled = case_number.has_value();
  return case_number;
}

// After the record: the vault's file bears the case number.
Result<void> Judge::hold(const Transaction& transaction, const model::Incident& incident,
                         bool spooled, Judgement& judgement) {
  const config::Settings& settings = transaction.snapshot().settings;
  if (judgement.action != model::Action::kHold || judgement.verdict.hold_by_mta ||
      holding_ == nullptr || settings.vault.empty()) {
    return {};
  }
  auto sealed = holding_->seal(transaction, incident);
  if (!sealed) {
    metrics_.store_failed();
    return tl::unexpected(std::move(sealed).error());
  }
  judgement.in_vault = *sealed;
  if (!*sealed) return {};
  if (!spooled) {
    auto entered =
        holding_->enter(incident, incident.case_number, now_unix_us(), settings);
    if (entered || !store_is_away(entered.error())) return entered;
  }
  return spooling_->held(incident);
}

}  // namespace noshare::daemon
