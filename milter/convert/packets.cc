// The bytes of packets: a kind, then fixed fields, then text up to the end.
#include "convert/packets.h"

#include "noshare/base/text.h"

namespace noshare::convert {

namespace {

using extract::Found;
using extract::FoundKind;
using model::UnreadableReason;
using model::Zone;

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kRequestBytes = 1 + 4 + 8 + 1;
constexpr std::size_t kHeadBytes = 4;  // packet kind, item kind, zone, reason

template <class Number>
void put(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    out += static_cast<char>(std::uint64_t{value} >> (8U * i) & 0xFFU);
  }
}

template <class Number>
Number get(std::string_view bytes, std::size_t at) {
  Number value = 0;
  for (std::size_t i = sizeof value; i > 0; --i) {
    value =
        static_cast<Number>(value << 8U) | static_cast<std::uint8_t>(bytes[at + i - 1]);
  }
  return value;
}

std::string head(PacketKind packet, const Found& item, std::string_view text) {
  std::string bytes;
  bytes += static_cast<char>(packet);
  bytes += static_cast<char>(item.kind);
  bytes += static_cast<char>(item.zone);
  bytes += static_cast<char>(item.reason);
  bytes += text.substr(0, kMostNameBytes);
  return bytes;
}

// Kind, zone and reason, each within its range.
std::optional<Found> item_of(std::string_view packet) {
  if (packet.size() < kHeadBytes) return std::nullopt;
  const auto kind = static_cast<std::uint8_t>(packet[1]);
  const auto zone = static_cast<std::uint8_t>(packet[2]);
  const auto reason = static_cast<std::uint8_t>(packet[3]);
  if (kind >= extract::kFoundKindCount || zone >= model::kZoneCount ||
      reason >= model::kUnreadableReasonCount) {
    return std::nullopt;
  }
  Found item;
  item.kind = static_cast<FoundKind>(kind);
  item.zone = static_cast<Zone>(zone);
  item.reason = static_cast<UnreadableReason>(reason);
  return item;
}

}  // namespace

std::string encode(const Request& request) {
  std::string bytes;
  put(bytes, kVersion);
  put(bytes, request.time_ms);
  put(bytes, request.memory);
  put(bytes, static_cast<std::uint8_t>(request.pictures ? 1 : 0));
  return bytes;
}

std::optional<Request> decode_request(std::string_view packet) {
  if (packet.size() != kRequestBytes || packet[0] != static_cast<char>(kVersion)) {
    return std::nullopt;
  }
  return Request{get<std::uint32_t>(packet, 1), get<std::uint64_t>(packet, 5),
                 packet[13] != 0};
}

std::string encode_head(const Found& item) {
  return head(PacketKind::kHead, item, item.name);
}

std::string encode_piece(std::string_view bytes) {
  std::string packet(1, static_cast<char>(PacketKind::kPiece));
  packet += bytes;
  return packet;
}

std::string encode_end() { return std::string(1, static_cast<char>(PacketKind::kEnd)); }

std::string encode_failed(UnreadableReason reason, std::string_view detail) {
  Found item;
  item.kind = FoundKind::kUnreadable;
  item.reason = reason;
  return head(PacketKind::kFailed, item, detail);
}

std::optional<Packet> decode_packet(std::string_view packet) {
  if (packet.empty()) return std::nullopt;
  Packet read;
  read.kind = static_cast<PacketKind>(packet[0]);
  switch (read.kind) {
    case PacketKind::kEnd:
      if (packet.size() != 1) return std::nullopt;
      return read;
    case PacketKind::kPiece:
      read.piece = packet.substr(1);
      return read;
    case PacketKind::kHead:
    case PacketKind::kFailed: {
      auto item = item_of(packet);
      if (!item || packet.size() > kHeadBytes + kMostNameBytes) return std::nullopt;
      const std::string_view text = packet.substr(kHeadBytes);
      (read.kind == PacketKind::kHead ? item->name : item->bytes) = text;
      read.item = std::move(*item);
      return read;
    }
  }
  return std::nullopt;
}

}  // namespace noshare::convert
