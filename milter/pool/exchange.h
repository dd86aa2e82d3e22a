// Exchange: one request to one worker, and its answer or what came instead.
//
// In:  a worker's socket that nobody else uses, the request, the message     Out:
// Exchange Nothing a worker does can block longer than the deadline or take more memory
// than a frame.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/pool/channel.h"

namespace noshare::pool {

enum class Outcome {
  kAnswered,
  kTimedOut,    // no whole answer before the deadline
  kEnded,       // closed its socket after it had taken the request
  kNeverTaken,  // closed its socket before: the message is not to blame
  kGarbage,     // bytes that are no frame
  kAbandoned,   // `waiting` said that nobody waits for the answer
};

struct Exchange {
  Outcome outcome = Outcome::kEnded;
  Frame frame;  // when kAnswered
};

// `waiting` may be empty; else it is called about twice a second.
Exchange exchange(int socket, std::string_view request, int message, Deadline deadline,
                  const std::function<bool()>& waiting);

}  // namespace noshare::pool
