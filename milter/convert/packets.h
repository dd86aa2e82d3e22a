// Packets between the client, the fork server and its children.
//
// In:  what was found, or a request     Out: packets of a SOCK_SEQPACKET socket
//   client > server: Request, with one end of a new socket pair
//   client > child, on that pair: one byte, with the file (sealed, in memory)
//   child > client: an item's head, its bytes in pieces, ... , kEnd
//   server > client, when the child did not end well: kFailed and why
// The socket closing without kEnd or kFailed means that the server died, too. A child may
// have been taken over by its file: a decoder accepts what the encoder writes, no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "noshare/extract/converter.h"

namespace noshare::convert {

inline constexpr std::size_t kMostPieceBytes = 60 * 1024;  // below pool::kMaxPacketBytes
inline constexpr std::size_t kMostNameBytes = 1024;

struct Request {
  std::uint32_t time_ms = 0;
  std::uint64_t memory = 0;  // beyond what the server has mapped
  bool pictures = false;     // as in extract::ConvertBudget
};
std::string encode(const Request& request);
std::optional<Request> decode_request(std::string_view packet);

enum class PacketKind : std::uint8_t { kHead = 1, kPiece, kEnd, kFailed };

std::string encode_head(const extract::Found& item);  // without its bytes
std::string encode_piece(std::string_view bytes);
std::string encode_end();
std::string encode_failed(model::UnreadableReason reason, std::string_view detail);

struct Packet {
  PacketKind kind = PacketKind::kEnd;
  extract::Found item;     // kHead; of kFailed reason and bytes
  std::string_view piece;  // kPiece; a view of the packet
};
std::optional<Packet> decode_packet(std::string_view packet);

}  // namespace noshare::convert
