#include "pool/exchange.h"

#include <utility>

namespace noshare::pool {

namespace {

// How often the caller is asked whether anybody still waits, and the mail server told
// that we do.
constexpr Milliseconds kTick{500};

Outcome outcome_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kTimeout:
      return Outcome::kTimedOut;
    case ErrorCode::kUnavailable:
      return Outcome::kEnded;
    default:
      return Outcome::kGarbage;
  }
}

}  // namespace

Exchange exchange(int socket, std::string_view request, int message, Deadline deadline,
                  const std::function<bool()>& waiting) {
  if (auto sent = send_frame(socket, request, message, deadline); !sent) {
    const Outcome outcome = outcome_of(sent.error());
    return {outcome == Outcome::kEnded ? Outcome::kNeverTaken : outcome, {}};
  }
  FrameReader reader;
  for (;;) {
    const Deadline tick = Deadline::after(std::min(kTick, deadline.remaining()));
    auto complete = reader.advance(socket, tick);
    if (!complete) {
      const bool never = reader.peer_left_bytes_unread();
      return {never ? Outcome::kNeverTaken : outcome_of(complete.error()), {}};
    }
    if (*complete) return {Outcome::kAnswered, reader.take()};
    if (deadline.expired()) return {Outcome::kTimedOut, {}};
    if (tick.expired() && waiting && !waiting()) return {Outcome::kAbandoned, {}};
  }
}

}  // namespace noshare::pool
