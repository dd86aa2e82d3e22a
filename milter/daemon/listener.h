// The socket where the mail server finds us: opened through libmilter, then put right.
//
// In:  milter: of the settings     Out: libmilter listens; where, and on which descriptor
// Errors: kInvalidInput (path too long, no such group, something else stands there), kIo,
// kUnavailable when another process serves the socket already.
#pragma once

#include "noshare/base/result.h"
#include "noshare/config/settings.h"

#include "daemon/wakeup.h"

namespace noshare::daemon {

struct Listening {
  int fd = -1;  // the library's that opened it; not ours to close
  SocketName name;
};

// A unix socket gets its mode and group before anyone can connect to it; a left-over
// socket of a dead process is removed. An inet socket gets TCP_NODELAY, which the
// accepted ones inherit: without it an answer of several frames waits 40 ms for an
// acknowledgement.
Result<Listening> open_listener(const config::MilterSettings& settings);

// A socket of this process that listens at `wanted`. Libraries keep their listening
// descriptors to themselves, so it is looked for among all that are open. One that
// listens on every address is named by the loopback's.
Result<Listening> find_listener(const config::SocketAddress& wanted);

// Removes the unix socket, so that clients see at once that nobody is there.
void remove_listener(const config::MilterSettings& settings) noexcept;

}  // namespace noshare::daemon
