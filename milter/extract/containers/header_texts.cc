// See header_texts.h.
#include "extract/containers/header_texts.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

bool is_told_elsewhere(std::string_view key) {
  return key.ends_with("time") || key == "size" || key == "uid" || key == "gid" ||
         key == "path" || key == "linkpath" || key.starts_with("GNU.sparse");
}

// Records "26 comment=a text\n".
void append_records(std::string_view records, std::string& text) {
  for (std::string_view record : split(records, '\n')) {
    record.remove_prefix(std::min(record.find(' ') + 1, record.size()));
    if (record.empty() || is_told_elsewhere(record.substr(0, record.find('=')))) continue;
    text.append(record).append("\n");
  }
}

}  // namespace

GzipHeader gzip_header(std::string_view bytes) {
  constexpr std::size_t kFixed = 10;
  GzipHeader header;
  if (bytes.size() < kFixed || !bytes.starts_with("\x1F\x8B")) return header;
  const auto flags = static_cast<std::uint8_t>(bytes[3]);
  std::string_view rest = bytes.substr(kFixed);
  if ((flags & 4U) != 0) {
    if (rest.size() < 2) return header;
    const auto size = static_cast<std::size_t>(static_cast<std::uint8_t>(rest[0]) |
                                               static_cast<std::uint8_t>(rest[1]) << 8U);
    header.extra = rest.substr(2, size);
    rest.remove_prefix(std::min(size + 2, rest.size()));
  }
  const auto take = [&](unsigned flag) {
    if ((flags & flag) == 0) return std::string_view();
    const std::string_view text = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    return text;
  };
  header.name = take(8);
  header.comment = take(16);
  return header;
}

std::string gzip_texts(std::string_view bytes) {
  constexpr std::size_t kSubfield = 4;  // its id and size
  const GzipHeader header = gzip_header(bytes);
  std::string text(header.comment);
  if (header.extra.size() > kSubfield) {
    text.append("\n").append(header.extra.substr(kSubfield));
  }
  return text;
}

std::string pax_texts(std::string_view bytes) {
  constexpr std::size_t kBlock = 512;
  constexpr std::size_t kMostText = 1U << 20U;
  std::string text;
  for (std::size_t at = 0; at + kBlock <= bytes.size() && text.size() < kMostText;) {
    const std::string_view block = bytes.substr(at, kBlock);
    if (block.substr(257, 5) != "ustar") break;
    std::uint64_t size = 0;
    const char* const digits = block.data() + 124;
    std::from_chars(digits, digits + 12, size, 8);
    if (size > bytes.size()) break;
    at += kBlock;
    const char type = block[156];
    if (type == 'x' || type == 'g') {
      append_records(bytes.substr(std::min(at, bytes.size()), size), text);
    }
    at += (size + kBlock - 1) / kBlock * kBlock;
  }
  return text;
}

}  // namespace noshare::extract
