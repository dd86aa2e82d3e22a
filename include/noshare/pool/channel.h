// Channels: bytes and descriptors between our own processes.
//
// In:  a connected unix socket     Out: whole frames (stream socket) or packets
// (seqpacket) A frame is a 32-bit little-endian length and that many bytes; at most one
// descriptor travels with it. The peer may be a worker that hostile mail has taken over:
// a length beyond model::kMaxFrameBytes, bytes behind the frame and surplus descriptors
// are errors, and memory is taken only for bytes that have arrived. Errors: kTimeout;
// kUnavailable when the peer has closed; kCorrupt when it sends garbage.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/result.h"

namespace noshare::pool {

struct Frame {
  std::string bytes;
  UniqueFd descriptor;  // close-on-exec; empty if none came
};

struct SocketPair {
  UniqueFd ours;
  UniqueFd theirs;
};

// Both ends close-on-exec. `type` is SOCK_STREAM for frames, SOCK_SEQPACKET for packets.
Result<SocketPair> create_socket_pair(int type);

// Sends a whole frame; `descriptor` is -1 for none. Never raises SIGPIPE.
Result<void> send_frame(int socket, std::string_view bytes, int descriptor,
                        Deadline deadline);

// Collects one frame over as many calls as it takes.
class FrameReader {
 public:
  // True when the frame is whole, false when `until` passed before.
  Result<bool> advance(int socket, Deadline until);
  // The whole frame. The reader is then ready for the next one.
  Frame take();

  // After kUnavailable: the peer closed without having read all that we had sent it.
  bool peer_left_bytes_unread() const { return peer_left_bytes_unread_; }

 private:
  Result<bool> whole() const;
  std::string bytes_;  // length and content, as far as they came
  UniqueFd descriptor_;
  bool peer_left_bytes_unread_ = false;
};

Result<Frame> receive_frame(int socket, Deadline deadline);

// Packets keep their borders by themselves and are short (kMaxPacketBytes).
inline constexpr std::size_t kMaxPacketBytes = 64 * 1024;
Result<void> send_packet(int socket, std::string_view bytes, int descriptor);
// Does not wait: kTimeout when there is none now, kUnavailable when the peer has closed.
Result<Frame> receive_packet(int socket);

}  // namespace noshare::pool
