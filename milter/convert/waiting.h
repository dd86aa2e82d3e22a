// Sending and receiving packets (noshare/pool/channel.h), waiting for the peer.
//
// In:  a SOCK_SEQPACKET socket, a deadline     Out: as send_packet() and receive_packet()
// Errors: kTimeout when the deadline passes, and those of the channel.
#pragma once

#include <string_view>

#include "noshare/base/clock.h"
#include "noshare/pool/channel.h"

namespace noshare::convert {

Result<void> send_waiting(int socket, std::string_view packet, int descriptor,
                          Deadline deadline);
Result<pool::Frame> receive_waiting(int socket, Deadline deadline);

}  // namespace noshare::convert
