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

struct Length {
  std::uint64_t bytes = 0;
  bool is_piece = false;  // another length follows these bytes
};

// Section 4.2.2: of a body, or of a piece of it.
Length take_length(std::string_view& bytes) {
  const auto first = static_cast<unsigned>(take_number(bytes, 1));
  if (first == 255) return {take_number(bytes, 4), false};
  if (first >= 224) return {std::uint64_t{1} << (first & 31U), true};
  if (first < 192) return {first, false};
  return {((first - 192) << 8U) + take_number(bytes, 1) + 192, false};
}

// The head of a packet: section 4.2.
struct Head {
  unsigned tag = 0;
  std::uint64_t body = 0;  // bytes of what follows, or of its first piece
  bool in_pieces = false;  // each of the next begins with its length
  bool to_the_end = false;
};

// Of the packet that begins here; 0: none does.
unsigned tag_of(std::string_view bytes) {
  const unsigned first = byte_at(bytes, 0);
  if ((first & 0x80U) == 0) return 0;
  return (first & 0x40U) != 0 ? first & 0x3FU : first >> 2U & 0xFU;
}

// None: no packet begins here.
std::optional<Head> take_head(std::string_view& bytes) {
  if ((byte_at(bytes, 0) & 0x80U) == 0) return std::nullopt;
  Head head;
  head.tag = tag_of(bytes);
  const auto first = static_cast<unsigned>(take_number(bytes, 1));
  if ((first & 0x40U) != 0) {
    const Length length = take_length(bytes);
    head.body = length.bytes;
    head.in_pieces = length.is_piece;
    return head;
  }
  const unsigned kind = first & 3U;
  head.to_the_end = kind == 3;
  head.body = head.to_the_end ? bytes.size() : take_number(bytes, 1U << kind);
  return head;
}

std::optional<Packet> take_packet(std::string_view& bytes) {
  const std::optional<Head> head = take_head(bytes);
  if (!head) return std::nullopt;
  Packet packet{head->tag, std::string(take(bytes, head->body))};
  for (bool more = head->in_pieces; more && !bytes.empty();) {
    const Length length = take_length(bytes);
    packet.body += take(bytes, length.bytes);
    more = length.is_piece;
  }
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

bool is_message_tag(unsigned tag) {
  return is_encrypted(tag) || tag == kSignature || tag == kOnePass ||
         tag == kCompressed || tag == kMarker || tag == kLiteral;
}

// Only data may come in pieces or without a length.
bool is_of_message(const Head& head) {
  const bool data = head.tag == kCompressed || head.tag == kLiteral ||
                    head.tag == kEncrypted || head.tag == kProtected ||
                    head.tag == kAuthenticated;
  return is_message_tag(head.tag) && (data || !(head.in_pieces || head.to_the_end));
}

// Section 5.1: for whom, and the key, whose length must be that of the packet.
bool is_session_key(const Head& head, std::string_view body) {
  constexpr std::uint64_t kBeforeKey = 12;  // version, key's number, algorithm, length
  constexpr std::uint64_t kLongestPoint = 1100, kShortestPoint = 255;  // bits
  constexpr std::uint64_t kShortest = 40;
  const unsigned version = byte_at(body, 0);
  if (version == 6) {  // RFC 9580: a fingerprint, or none
    const unsigned size = byte_at(body, 1);
    return head.body >= kShortest && (size == 0 || size == 21 || size == 33);
  }
  const unsigned algorithm = byte_at(body, 9);
  const std::uint64_t bits = byte_at(body, 10) << 8U | byte_at(body, 11);
  const std::uint64_t size = kBeforeKey + (bits + 7) / 8;
  if (version != 3 || head.body < kShortest) return false;
  if (algorithm == 1 || algorithm == 2) return size == head.body;
  if (algorithm == 16) return size < head.body;
  if (algorithm == 18) return bits >= kShortestPoint && bits <= kLongestPoint;
  return algorithm == 25 || algorithm == 26;
}

// Sections 5.1, 5.3 and 5.13: who can open it, or the data without saying who.
bool is_locked_packet(const Head& head, std::string_view body) {
  constexpr std::uint64_t kLongestPassword = 200;
  constexpr std::uint64_t kShortestData = 192;
  const unsigned version = byte_at(body, 0);
  if (head.tag == kSessionKey) return is_session_key(head, body);
  if (head.tag == kPassword) {
    const unsigned how = byte_at(body, 2);
    return version >= 4 && version <= 6 && byte_at(body, 1) <= 13 &&
           head.body <= kLongestPassword &&
           (version > 4 || (how <= 4 && how != 2 && byte_at(body, 3) <= 14));
  }
  return head.tag == kProtected && (version == 1 || version == 2) &&
         (head.in_pieces || head.to_the_end || head.body >= kShortestData);
}

// Section 5.9: how it is written, and its name, if it has one.
bool is_literal(const Head& head, std::string_view body) {
  constexpr std::size_t kLongestName = 64, kBeforeName = 2, kDate = 4;
  const std::size_t size = byte_at(body, 1);
  if (size > kLongestName || body.size() < kBeforeName + size) return false;
  const std::string_view name = body.substr(kBeforeName, size);
  const bool readable = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  });
  return std::string_view("btu").find(body.front()) != std::string_view::npos &&
         readable &&
         (head.in_pieces || head.to_the_end || kBeforeName + size + kDate <= head.body);
}

bool is_clear_packet(const Head& head, std::string_view body) {
  constexpr std::uint64_t kOnePassSize = 13, kLongestOnePass = 70;  // with a salt
  const unsigned first = byte_at(body, 0);
  switch (head.tag) {
    case kOnePass:
      return (first == 3 && head.body == kOnePassSize) ||
             (first == 6 && head.body > kOnePassSize && head.body <= kLongestOnePass);
    case kMarker:
      return head.body == 3 && body.starts_with("PGP");
    case kLiteral:
      return is_literal(head, body);
    case kCompressed: {
      constexpr std::size_t kTried = 64;
      if (body.size() <= 8 || first > 3) return false;
      return openpgp_kind(decompressed(body, kTried).bytes) != OpenPgp::kNone;
    }
    default:
      return false;
  }
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

// A first byte alone says little: one run of random bytes in a thousand begins like a
// message. What stands in the first packet must be of its kind, and what follows it
// another packet, or nothing.
OpenPgp openpgp_kind(std::string_view bytes) {
  std::string_view body = bytes;
  const std::optional<Head> head = take_head(body);
  if (!head || !is_of_message(*head)) return OpenPgp::kNone;
  std::string_view next = body;
  take(next, head->body);
  if (!next.empty() && !head->in_pieces) {
    const std::optional<Head> second = take_head(next);
    if (!second || !is_of_message(*second)) return OpenPgp::kNone;
  }
  if (is_locked_packet(*head, body)) return OpenPgp::kEncrypted;
  return is_clear_packet(*head, body) ? OpenPgp::kClear : OpenPgp::kNone;
}

OpenPgp announced_openpgp_kind(std::string_view bytes) {
  const unsigned tag = tag_of(bytes);
  if (is_encrypted(tag)) return OpenPgp::kEncrypted;
  return is_message_tag(tag) ? OpenPgp::kClear : OpenPgp::kNone;
}

void read_openpgp(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (read_packets(bytes, 0, place, out)) return;
  out.add_unreadable(place.part, place.path, UnreadableReason::kCorrupt, "PGP message");
}

}  // namespace noshare::extract
