#include "daemon/end_of_message.h"

#include <exception>

#include "daemon/verdict_log.h"

namespace noshare::daemon {

namespace {

constexpr std::string_view kTryAgain =
    "451 4.7.1 this message could not be checked for personal data, please try again "
    "later";
constexpr std::string_view kStopping =
    "451 4.3.2 the filter is about to stop, please try again later";

const char* name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccept:
      return "accept";
    case Outcome::kReject:
      return "reject";
    case Outcome::kDefer:
      return "defer";
    case Outcome::kDiscard:
      return "discard";
    case Outcome::kFailed:
      return "failed";
  }
  return "failed";
}

Outcome fail_message(Services& services, const Transaction& transaction,
                     MailServer& server, std::string_view reason, const char* kind) {
  const auto choice = transaction.snapshot().settings.on_failure;
  const Outcome outcome = answer_failure(choice, kTryAgain, server);
  services.metrics.failed(kind);
  log_failure(transaction, reason, name(outcome));
  return outcome;
}

Result<Judgement> judged(Services& services, Transaction& transaction,
                         const std::function<bool()>& waiting) {
  if (!transaction.failure().empty())
    return fail(ErrorCode::kInternal, transaction.failure());
  Judge judge(services.snapshots, *services.pool, *services.store, services.metrics,
              services.holding.get(), services.known.get(), services.spooling.get());
  try {
    return judge.judge(transaction, waiting);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::kLimit, "out of memory");
  } catch (const std::exception&) {
    return fail(ErrorCode::kInternal, "exception");  // its text might quote the message
  }
}

}  // namespace

Outcome end_message(Services& services, Transaction& transaction, MailServer& server,
                    const std::function<bool()>& waiting) {
  const auto begin = SteadyClock::now();
  if (transaction.stopping()) {
    services.metrics.failed("stopping");
    log_failure(transaction, "stopping", name(Outcome::kDefer));
    return answer_failure(config::OnFailure::kDefer, kStopping, server);
  }
  const Result<Judgement> judgement = judged(services, transaction, waiting);
  if (!judgement) {
    const Error& error = judgement.error();
    return fail_message(services, transaction, server, error.message,
                        noshare::name(error.code));
  }
  const Outcome outcome = carry_out(*judgement, transaction, server);
  if (outcome == Outcome::kFailed) {
    return fail_message(services, transaction, server,
                        "the mail server did not take the answer", "answer");
  }
  services.metrics.message(judgement->verdict.direction);
  services.metrics.verdict(judgement->verdict.action, judgement->verdict.monitor);
  services.metrics.findings(judgement->report);
  const auto took = std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begin);
  log_verdict(*judgement, transaction, took, name(outcome));
  return outcome;
}

}  // namespace noshare::daemon
