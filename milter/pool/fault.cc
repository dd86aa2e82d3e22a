#include "pool/fault.h"

#include <string>

#include <sys/wait.h>

#include "noshare/pool/control.h"

namespace noshare::pool {

namespace {

// Libraries in C abort or crash where allocation fails, and the kernel kills: whatever
// the last signal was, a worker that had used most of its memory died of that.
bool ran_out_of_memory(const Ending& ending) {
  if (ending.wait_status < 0) return false;
  if (WIFEXITED(ending.wait_status) &&
      WEXITSTATUS(ending.wait_status) == kExitOutOfMemory) {
    return true;
  }
  return ending.memory_bound_kib > 0 &&
         ending.memory_kib >= ending.memory_bound_kib / 4 * 3;
}

std::string described(int wait_status) {
  if (wait_status < 0) return "ended together with its zygote";
  if (WIFSIGNALED(wait_status)) return "signal " + std::to_string(WTERMSIG(wait_status));
  switch (WEXITSTATUS(wait_status)) {
    case kExitOutOfMemory:
      return "memory bound reached";
    case kExitNoSandbox:
      return "no sandbox";
    case kExitBadRequest:
      return "request not understood";
    case kExitException:
      return "exception";
    default:
      return "exit status " + std::to_string(WEXITSTATUS(wait_status));
  }
}

}  // namespace

model::Unreadable unreadable_for(Outcome outcome, const Ending& ending) {
  using model::UnreadableReason;
  switch (outcome) {
    case Outcome::kTimedOut:
      return {"", "", UnreadableReason::kTimedOut, "no answer in time"};
    case Outcome::kGarbage:
      return {"", "", UnreadableReason::kWorkerDied, "answered garbage"};
    default:
      return {"", "",
              ran_out_of_memory(ending) ? UnreadableReason::kOutOfMemory
                                        : UnreadableReason::kWorkerDied,
              described(ending.wait_status)};
  }
}

}  // namespace noshare::pool
