#include "convert/waiting.h"

#include <poll.h>

namespace noshare::convert {

namespace {

// An interrupted or early return is no harm: the caller tries, and waits again.
void wait_for(int socket, short events, Deadline deadline) {
  pollfd entry{socket, events, 0};
  (void)::poll(&entry, 1, static_cast<int>(deadline.remaining().count()));
}

template <class Attempt>
auto until(int socket, short events, Deadline deadline, const Attempt& attempt) {
  for (;;) {
    auto done = attempt();
    if (done || done.error().code != ErrorCode::kTimeout || deadline.expired()) {
      return done;
    }
    wait_for(socket, events, deadline);
  }
}

}  // namespace

Result<void> send_waiting(int socket, std::string_view packet, int descriptor,
                          Deadline deadline) {
  return until(socket, POLLOUT, deadline,
               [&] { return pool::send_packet(socket, packet, descriptor); });
}

Result<pool::Frame> receive_waiting(int socket, Deadline deadline) {
  return until(socket, POLLIN, deadline, [&] { return pool::receive_packet(socket); });
}

}  // namespace noshare::convert
