// Verdict log: one line for each message that came to its end.
//
// No personal value stands in it: counts, ids and reasons; of addresses the domain only.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/clock.h"

#include "daemon/judge.h"

namespace noshare::daemon {

void log_verdict(const Judgement& judgement, const Transaction& transaction,
                 Milliseconds took, std::string_view answered);
// A message that got no verdict, or one that could not be carried out.
void log_failure(const Transaction& transaction, std::string_view reason,
                 std::string_view answered);

}  // namespace noshare::daemon
