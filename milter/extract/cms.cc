// Walks the few levels of BER that lead to the encapsulated content. See cms.h.
#include "extract/cms.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "noshare/base/text.h"

#include "extract/containers/inflate.h"
#include "extract/containers/unpacking.h"
#include "extract/header_block.h"
#include "extract/message_reader.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;
using model::UnreadableReason;

constexpr std::uint8_t kOctetString = 0x04;
constexpr std::uint8_t kObjectId = 0x06;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kExplicit0 = 0xA0;
constexpr std::uint8_t kConstructed = 0x20;
constexpr int kDeepest = 32;

struct Element {
  std::uint8_t tag = 0;
  std::string_view content;  // without the end mark of an indefinite length
  std::size_t size = 0;      // of the whole element
};

std::optional<Element> read_element(std::string_view bytes, int depth);

// Where the elements of an indefinite length end, the end mark included.
std::optional<std::size_t> indefinite_size(std::string_view bytes, int depth) {
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    if (bytes[at] == 0 && bytes[at + 1] == 0) return at + 2;
    const auto inner = read_element(bytes.substr(at), depth + 1);
    if (!inner) return {};
    at += inner->size;
  }
  return {};
}

// One element. A definite length that reaches beyond the bytes is cut: what is there is
// worth reading. X.690 section 8.1; tags of one octet only.
std::optional<Element> read_element(std::string_view bytes, int depth) {
  if (bytes.size() < 2 || depth > kDeepest) return {};
  Element element;
  element.tag = static_cast<std::uint8_t>(bytes[0]);
  const auto first = static_cast<std::uint8_t>(bytes[1]);
  std::size_t head = 2;
  if (first == 0x80) {
    const auto size = indefinite_size(bytes.substr(head), depth);
    if (!size) return {};
    element.content = bytes.substr(head, *size - 2);
    element.size = head + *size;
    return element;
  }
  std::uint64_t length = first;
  if ((first & 0x80U) != 0) {
    const std::size_t octets = first & 0x7FU;
    if (octets > 8 || bytes.size() < head + octets) return {};
    length = 0;
    for (std::size_t i = 0; i < octets; ++i) {
      length = length << 8U | static_cast<std::uint8_t>(bytes[head + i]);
    }
    head += octets;
  }
  element.content = bytes.substr(head, std::min<std::uint64_t>(length, bytes.size()));
  element.size = head + element.content.size();
  return element;
}

// The first element of that tag among the elements of `bytes`, or nothing.
std::optional<Element> find_tag(std::string_view bytes, std::uint8_t tag) {
  while (!bytes.empty()) {
    const auto element = read_element(bytes, 0);
    if (!element) return {};
    if (element->tag == tag) return element;
    bytes.remove_prefix(element->size);
  }
  return {};
}

// An OCTET STRING, perhaps in pieces.
void append_octets(const Element& element, int depth, std::string& out) {
  if (depth > kDeepest) return;
  if ((element.tag & kConstructed) == 0) {
    out += element.content;
    return;
  }
  std::string_view rest = element.content;
  while (const auto piece = read_element(rest, depth)) {
    append_octets(*piece, depth + 1, out);
    rest.remove_prefix(piece->size);
  }
}

// ContentInfo -> [0] -> SEQUENCE -> the EncapsulatedContentInfo -> [0] -> OCTET STRING.
// In both SignedData and CompressedData it is the first SEQUENCE that starts with the id
// of a content type and has a [0]; the algorithm's identifier before it has none.
std::string encapsulated(std::string_view bytes) {
  const auto info = read_element(bytes, 0);
  if (!info) return {};
  const auto wrapped = find_tag(info->content, kExplicit0);
  if (!wrapped) return {};
  const auto data = find_tag(wrapped->content, kSequence);
  if (!data) return {};
  std::string_view rest = data->content;
  while (const auto element = read_element(rest, 0)) {
    rest.remove_prefix(element->size);
    if (element->tag != kSequence ||
        !element->content.starts_with(static_cast<char>(kObjectId))) {
      continue;
    }
    const auto content = find_tag(element->content, kExplicit0);
    if (!content) continue;
    std::string octets;
    if (const auto string = read_element(content->content, 0);
        string && (string->tag & ~kConstructed) == kOctetString) {
      append_octets(*string, 0, octets);
    }
    return octets;
  }
  return {};
}

bool is_compressed(std::string_view bytes) {
  constexpr std::size_t kLooked = 32;
  return bytes.substr(0, kLooked)
             .find("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09"sv) !=
         std::string_view::npos;
}

// "a.pdf" for "a.pdf.p7m".
std::string name_inside(const FilePlace& place) {
  std::string name = place.path.substr(place.path.rfind(' ') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? "content" : name.substr(0, dot);
}

}  // namespace

std::string signed_content(std::string_view bytes) { return encapsulated(bytes); }

void read_cms(std::string_view bytes, const FilePlace& place, Collector& out) {
  std::string content = encapsulated(bytes);
  if (is_compressed(bytes) && content.size() > 2) {
    // zlib's own two bytes of header stand before the deflated ones (RFC 1950).
    Unpacked unpacked = inflate(std::string_view(content).substr(2), most_unpacked(out));
    return read_unpacked(std::move(unpacked), name_inside(place), "compressed message",
                         place, out);
  }
  if (content.empty()) return;  // a signature on its own: what it signs stands elsewhere
  const HeaderBlock header = read_header_block(content);
  const bool entity = header.find("content-type") != nullptr && header.strays.empty();
  if (!entity) return read_member(content, name_inside(place), place, out);
  if (place.depth >= out.limits().depth) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kTooDeep,
                       "messages nested too deeply");
    return;
  }
  const std::string inside = place.path + std::string(kPathSeparator) + "signed message" +
                             std::string(kPathSeparator);
  read_message(content, {place.part, inside, place.depth + 1}, out);
}

}  // namespace noshare::extract
