// Answer: a Judgement carried out, in one decisive reply.
//
// In:  what was decided and recorded     Out: the wishes to the mail server, then its
// Outcome When a wish fails, the message is not let through as it is: the answer is
// kFailed, and the caller defers it or what on_failure says.
#pragma once

#include "daemon/judge.h"
#include "daemon/mta.h"

namespace noshare::daemon {

// What the milter callback returns.
enum class Outcome { kAccept, kReject, kDefer, kDiscard, kFailed };

Outcome carry_out(const Judgement& judgement, const Transaction& transaction,
                  MailServer& server);

// The answer when there is no verdict, or none that could be carried out. Never kFailed.
Outcome answer_failure(config::OnFailure choice, std::string_view text,
                       MailServer& server);

}  // namespace noshare::daemon
