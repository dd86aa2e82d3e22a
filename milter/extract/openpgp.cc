// See openpgp.h.
#include "extract/openpgp.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "extract/containers/inflate.h"
#include "extract/containers/unpacking.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

// RFC 4880 section 4.3, and 20 of RFC 9580.
constexpr unsigned kSessionKey = 1;
constexpr unsigned kSignature = 2;
constexpr unsigned kPassword = 3;
constexpr unsigned kOnePass = 4;
constexpr unsigned kCompressed = 8;
constexpr unsigned kEncrypted = 9;
constexpr unsigned kMarker = 10;
constexpr unsigned kLiteral = 11;
constexpr unsigned kProtected = 18;
constexpr unsigned kAuthenticated = 20;

struct Packet {
  unsigned tag = 0;
  std::string body;
};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// Takes `size` bytes from the front.
std::string_view take(std::string_view& bytes, std::size_t size) {
  const std::string_view piece = bytes.substr(0, size);
  bytes.remove_prefix(piece.size());
  return piece;
}

std::uint64_t take_number(std::string_view& bytes, std::size_t size) {
  std::uint64_t value = 0;
  for (const char c : take(bytes, size))
    value = value << 8U | static_cast<std::uint8_t>(c);
  return value;
}

// Section 4.2.2: the body may come in pieces, each with its length.
void take_new_body(std::string_view& bytes, std::string& body) {
  for (bool more = true; more && !bytes.empty();) {
    const auto first = static_cast<unsigned>(take_number(bytes, 1));
    std::uint64_t size = first;
    more = first >= 224 && first < 255;
    if (more) {
      size = std::uint64_t{1} << (first & 31U);
    } else if (first == 255) {
      size = take_number(bytes, 4);
    } else if (first >= 192) {
      size = ((first - 192) << 8U) + take_number(bytes, 1) + 192;
    }
    body += take(bytes, static_cast<std::size_t>(size));
  }
}

std::optional<Packet> take_packet(std::string_view& bytes) {
  const unsigned head = byte_at(bytes, 0);
  if ((head & 0x80U) == 0) return std::nullopt;
  bytes.remove_prefix(1);
  Packet packet;
  if ((head & 0x40U) != 0) {
    packet.tag = head & 0x3FU;
    take_new_body(bytes, packet.body);
    return packet;
  }
  packet.tag = head >> 2U & 0xFU;
  const unsigned kind = head & 3U;
  const std::uint64_t size = kind == 3 ? bytes.size() : take_number(bytes, 1U << kind);
  packet.body = take(bytes, static_cast<std::size_t>(size));
  return packet;
}

bool is_encrypted(unsigned tag) {
  return tag == kSessionKey || tag == kPassword || tag == kEncrypted ||
         tag == kProtected || tag == kAuthenticated;
}

Unpacked decompressed(std::string_view body, std::size_t most) {
  const unsigned method = byte_at(body, 0);
  body.remove_prefix(std::min<std::size_t>(1, body.size()));
  constexpr std::size_t kZlibHead = 2;
  if (method == 0) return {std::string(body), UnpackState::kWhole};
  if (method == 1) return inflate(body, most);
  if (method == 2 && body.size() > kZlibHead)
    return inflate(body.substr(kZlibHead), most);
  if (method == 3) return decompress(body, most);
  return {"", UnpackState::kUnsupported};
}

// True if anything was read, or told.
bool read_packets(std::string_view bytes, unsigned depth, const FilePlace& place,
                  Collector& out) {
  bool any = false;
  constexpr unsigned kDeepest = 4;
  constexpr int kMostPackets = 1000;
  for (int i = 0; i < kMostPackets && !bytes.empty() && out.time_left(); ++i) {
    const auto packet = take_packet(bytes);
    if (!packet) return any;
    std::string_view body = packet->body;
    if (is_encrypted(packet->tag)) {
      out.saw_encrypted_content = true;
      out.add_unreadable(place.part, place.path, UnreadableReason::kEncrypted,
                         "PGP message");
      return true;
    }
    if (packet->tag == kSignature || packet->tag == kOnePass) {
      out.extracted().is_signed = true;
    } else if (packet->tag == kCompressed && depth < kDeepest) {
      const Unpacked inner = decompressed(body, most_unpacked(out));
      out.charge_unpacked(inner.bytes.size());
      if (inner.state != UnpackState::kWhole) {
        out.add_unreadable(place.part, place.path,
                           inner.state == UnpackState::kTooLarge
                               ? UnreadableReason::kTooLarge
                               : UnreadableReason::kCorrupt,
                           "PGP message");
      }
      any = read_packets(inner.bytes, depth + 1, place, out) || any ||
            inner.state != UnpackState::kWhole;
    } else if (packet->tag == kLiteral) {
      take(body, 1);  // how it is written: binary, text
      const std::string name(take(body, take_number(body, 1)));
      take(body, 4);  // date
      read_member(body, name.empty() ? "content" : name, place, out);
      any = true;
    }
  }
  return any;
}

}  // namespace

OpenPgp openpgp_kind(std::string_view bytes) {
  constexpr std::size_t kLooked = 16;
  std::string_view head = bytes.substr(0, kLooked);
  const unsigned first = byte_at(head, 0);
  const bool modern = (first & 0xC0U) == 0xC0;
  if ((first & 0x80U) == 0) return OpenPgp::kNone;
  const unsigned tag = modern ? first & 0x3FU : first >> 2U & 0xFU;
  // The body's first byte, behind the length, whose size the format or the number tells.
  std::size_t at = 1;
  if (modern) {
    const unsigned size = byte_at(head, 1);
    at += size == 255 ? 5 : size >= 192 && size < 224 ? 2 : 1;
  } else {
    at += (first & 3U) == 3 ? 0 : std::size_t{1} << (first & 3U);
  }
  const unsigned begin = byte_at(head, at);
  if ((tag == kSessionKey && (begin == 3 || begin == 6)) ||
      (tag == kPassword && begin >= 4 && begin <= 6 && byte_at(head, at + 1) <= 13) ||
      (tag == kProtected && (begin == 1 || begin == 2) && modern)) {
    return OpenPgp::kEncrypted;
  }
  const char mode = static_cast<char>(begin);
  if ((tag == kCompressed && begin <= 3 && bytes.size() > 8) ||
      (tag == kOnePass && (begin == 3 || begin == 6)) ||
      (tag == kMarker && head.substr(std::min(at, head.size())).starts_with("PGP")) ||
      (tag == kLiteral && (mode == 'b' || mode == 't' || mode == 'u') &&
       byte_at(head, at + 1) < 64)) {
    return OpenPgp::kClear;
  }
  return OpenPgp::kNone;
}

void read_openpgp(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (read_packets(bytes, 0, place, out)) return;
  out.add_unreadable(place.part, place.path, UnreadableReason::kCorrupt, "PGP message");
}

}  // namespace noshare::extract
