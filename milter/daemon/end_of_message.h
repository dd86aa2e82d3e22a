// End of message: judge, carry out, log, count; or on_failure. One answer, always.
#pragma once

#include <functional>

#include "daemon/answer.h"
#include "daemon/services.h"

namespace noshare::daemon {

// `waiting` is called about twice a second while the message is scanned; false when the
// mail server has gone. Never returns kFailed.
Outcome end_message(Services& services, Transaction& transaction, MailServer& server,
                    const std::function<bool()>& waiting);

}  // namespace noshare::daemon
