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

// The head of a packet: section 4.2.
struct Head {
  unsigned tag = 0;
  std::size_t size = 0;    // of the head itself
  std::uint64_t body = 0;  // of what follows, or of its first piece
  bool in_pieces = false;  // the body is longer than that
};

bool is_message_tag(unsigned tag) {
  return is_encrypted(tag) || tag == kSignature || tag == kOnePass ||
         tag == kCompressed || tag == kMarker || tag == kLiteral;
}

// Of the packet that begins here; 0: none does.
unsigned tag_of(std::string_view bytes) {
  const unsigned first = byte_at(bytes, 0);
  if ((first & 0x80U) == 0) return 0;
  return (first & 0x40U) != 0 ? first & 0x3FU : first >> 2U & 0xFU;
}

// None: no packet of a message begins so. Only data may come in pieces or without a
// length.
std::optional<Head> read_head(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const unsigned first = byte_at(bytes, 0);
  std::string_view rest = bytes.substr(1);
  Head head;
  head.tag = tag_of(bytes);
  if ((first & 0x40U) != 0) {
    const auto size = static_cast<unsigned>(take_number(rest, 1));
    head.body = size;
    if (size == 255) {
      head.body = take_number(rest, 4);
    } else if (size >= 224) {
      head.body = std::uint64_t{1} << (size & 31U);
      head.in_pieces = true;
    } else if (size >= 192) {
      head.body = ((size - 192) << 8U) + take_number(rest, 1) + 192;
    }
  } else {
    const unsigned kind = first & 3U;
    head.in_pieces = kind == 3;
    head.body = kind == 3 ? rest.size() : take_number(rest, 1U << kind);
  }
  head.size = bytes.size() - rest.size();
  const bool data = head.tag == kCompressed || head.tag == kLiteral ||
                    head.tag == kEncrypted || head.tag == kProtected ||
                    head.tag == kAuthenticated;
  if (!is_message_tag(head.tag) || (head.in_pieces && !data)) return std::nullopt;
  return head;
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
         (head.in_pieces || head.body >= kShortestData);
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
         readable && (head.in_pieces || kBeforeName + size + kDate <= head.body);
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
  const std::optional<Head> head = read_head(bytes);
  if (!head) return OpenPgp::kNone;
  const std::string_view body = bytes.substr(head->size);
  const bool cut = head->body > body.size();
  const std::string_view next = cut ? std::string_view() : body.substr(head->body);
  if (!next.empty() && !read_head(next)) return OpenPgp::kNone;
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
