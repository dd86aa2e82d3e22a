#include "extract/pictures/picture.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/inflate.h"
#include "extract/converted.h"
#include "extract/pictures/exif.h"

namespace noshare::extract {
namespace {

using model::Zone;
using std::string_view_literals::operator""sv;

constexpr std::size_t kMostBlocks = 1000;  // of a kind
constexpr std::size_t kMostPacked = 32;    // of those that are unpacked or have a tree
constexpr std::size_t kMostText = 1U << 20U;

std::uint32_t big32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
  }
  return value;
}
std::size_t big16(std::string_view bytes, std::size_t at) {
  return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at])) << 8U |
         static_cast<std::uint8_t>(bytes[at + 1]);
}

void append(std::string& text, std::string_view line) {
  if (text.size() < kMostText && !trimmed(line).empty()) {
    text += decode_charset(line, "", false).text.text + "\n";
  }
}

// Text behind `NULs` separators; packed as zlib does if `packed`.
void append_packed(std::string& text, std::string_view bytes, bool packed) {
  constexpr std::size_t kZlibHeader = 2;  // RFC 1950
  if (!packed) return append(text, bytes);
  if (bytes.size() > kZlibHeader) {
    append(text, inflate(bytes.substr(kZlibHeader), kMostText).bytes);
  }
}

// PNG 1.2 section 11.3.4: keyword, NUL, text; zTXt is packed, iTXt says so and brings two
// more fields.
void read_png(std::string_view bytes, std::string& text) {
  std::size_t at = 8;
  std::size_t packed = 0;
  for (std::size_t i = 0;
       i < kMostBlocks && packed < kMostPacked && at + 8 <= bytes.size(); ++i) {
    const std::size_t size = big32(bytes, at);
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view data = bytes.substr(at + 8, size);
    at += 12 + size;
    const std::size_t keyword = data.find('\0');
    if (type == "eXIf") text += exif_text(data);
    if (type == "eXIf" || type == "zTXt" || type == "iTXt") ++packed;
    if (keyword == std::string_view::npos) continue;
    const std::string_view rest = data.substr(keyword + 1);
    if (type == "tEXt") append(text, rest);
    if (type == "zTXt" && !rest.empty()) append_packed(text, rest.substr(1), true);
    if (type == "iTXt" && rest.size() > 2 &&
        data.substr(0, keyword) != "XML:com.adobe.xmp") {
      std::string_view value = rest.substr(2);
      for (int field = 0; field < 2; ++field) {
        value.remove_prefix(std::min(value.find('\0'), value.size() - 1) + 1);
        if (value.empty()) break;
      }
      append_packed(text, value, rest[0] == '\1');
    }
  }
}

// ISO/IEC 10918-1 annex B: segments up to the scan; FE is a comment.
void read_jpeg(std::string_view bytes, std::string& text) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == '\xFF') {
    const char marker = bytes[at + 1];
    if (marker == '\xDA' || marker == '\xD9') return;
    const std::size_t size = std::max<std::size_t>(big16(bytes, at + 2), 2);
    if (marker == '\xFE') append(text, bytes.substr(at + 4, size - 2));
    at += 2 + size;
  }
}

// GIF89a: blocks of pieces, each behind its length; 21 FE is a comment.
void read_gif(std::string_view bytes, std::string& text) {
  if (bytes.size() < 13) return;
  const auto table = [&](std::size_t at) -> std::size_t {
    const auto flags = static_cast<std::uint8_t>(bytes[at]);
    return (flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 7U) + 1) : 0;
  };
  std::size_t at = 13 + table(10);
  while (at + 2 < bytes.size()) {
    const bool comment = bytes[at] == '\x21' && bytes[at + 1] == '\xFE';
    if (bytes[at] == '\x2C' && at + 10 < bytes.size()) {
      at += 10 + table(at + 9) + 1;
    } else if (bytes[at] == '\x21') {
      at += 2;
    } else {
      return;
    }
    std::string pieces;
    while (at < bytes.size() && bytes[at] != '\0') {
      const std::size_t size = static_cast<std::uint8_t>(bytes[at]);
      if (comment) pieces += bytes.substr(at + 1, size);
      at += 1 + size;
    }
    append(text, pieces);
    ++at;
  }
}

// IPTC-IIM 4.2: caption, byline, contact ... in a resource of Photoshop's; record 2.
void read_iptc(std::string_view bytes, std::string& text) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < kMostBlocks && at + 5 <= bytes.size(); ++i) {
    if (bytes[at] != '\x1C') return;
    const std::size_t size = big16(bytes, at + 3);
    if (bytes[at + 1] == '\2' && size < 0x8000) {
      const std::string_view value = bytes.substr(at + 5, size);
      if (bytes[at + 2] != '\0') append(text, value);  // 0 is the version
    }
    at += 5 + size;
  }
}

// Calls `use` with what follows each place of `mark`.
template <class Use>
void for_each_mark(std::string_view bytes, std::string_view mark, const Use& use) {
  std::size_t at = bytes.find(mark);
  for (std::size_t i = 0; i < kMostPacked && at != std::string_view::npos; ++i) {
    use(bytes.substr(at + mark.size()));
    at = bytes.find(mark, at + mark.size());
  }
}

void read_xmp(std::string_view bytes, const FilePlace& place, Collector& out) {
  constexpr std::string_view kBegin = "<x:xmpmeta";
  constexpr std::string_view kEnd = "</x:xmpmeta>";
  std::size_t at = bytes.find(kBegin);
  for (std::size_t i = 0; i < 8 && at != std::string_view::npos; ++i) {
    const std::size_t end = bytes.find(kEnd, at);
    if (end == std::string_view::npos) return;
    if (!out.count_part()) return;
    const std::size_t size = end + kEnd.size() - at;
    read_member(bytes.substr(at, size), "metadata.xmp", place, out);
    at = bytes.find(kBegin, at + size);
  }
}

}  // namespace

std::string picture_text(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\x89PNG")) read_png(bytes, text);
  if (bytes.starts_with("\xFF\xD8")) read_jpeg(bytes, text);
  if (bytes.starts_with("GIF8")) read_gif(bytes, text);
  text += exif_text(bytes);  // a TIFF file
  for_each_mark(bytes, "Exif\0\0"sv,
                [&](std::string_view rest) { text += exif_text(rest); });
  if (bytes.starts_with("RIFF")) {
    for_each_mark(bytes, "EXIF"sv, [&](std::string_view rest) {
      if (rest.size() > 4) text += exif_text(rest.substr(4));
    });
  }
  for_each_mark(bytes, "8BIM\4\4"sv, [&](std::string_view rest) {
    constexpr std::size_t kNameAndSize = 2 + 4;
    if (rest.size() > kNameAndSize) read_iptc(rest.substr(kNameAndSize), text);
  });
  return text;
}

void read_picture(std::string_view bytes, const FilePlace& place, Collector& out) {
  out.add_text(place.part, place.inside("metadata").path, Zone::kMetadata,
               {picture_text(bytes), {}});
  read_xmp(bytes, place, out);
  read_shown(bytes, place, out);
}

}  // namespace noshare::extract
