// See armour.h.
#include "extract/armour.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/encodings.h"
#include "extract/header_block.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostBlocks = 100;

class DerTexts {
 public:
  std::string read(std::string_view bytes) {
    walk(bytes, 0);
    return std::move(text_);
  }

 private:
  enum Tag : std::uint8_t {
    kOctets = 0x04,
    kUtf8 = 0x0C,
    kNumeric = 0x12,
    kPrintable = 0x13,
    kTeletex = 0x14,
    kIa5 = 0x16,
    kVisible = 0x1A,
    kBmp = 0x1E,
    kConstructed = 0x20,
    kContext = 0x80
  };

  static std::uint8_t byte(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
  }

  // False where the bytes are no row of values.
  bool walk(std::string_view bytes, unsigned depth) {
    constexpr unsigned kDeepest = 24;
    constexpr std::size_t kMostBytes = 1U << 20U;
    if (depth > kDeepest) return false;
    while (bytes.size() >= 2 && text_.size() < kMostBytes) {
      const std::uint8_t tag = byte(bytes, 0);
      std::size_t size = byte(bytes, 1);
      std::size_t begin = 2;
      if (size > 0x80) {
        const std::size_t count = size & 0x7FU;
        if (count > 4 || bytes.size() < 2 + count) return false;
        size = 0;
        for (std::size_t i = 0; i < count; ++i) size = size << 8U | byte(bytes, 2 + i);
        begin += count;
      }
      if (size > bytes.size() - begin) return false;
      take(tag, bytes.substr(begin, size), depth);
      bytes.remove_prefix(begin + size);
    }
    return bytes.empty();
  }

  void take(std::uint8_t tag, std::string_view value, unsigned depth) {
    if ((tag & kConstructed) != 0) {
      walk(value, depth + 1);
    } else if (tag == kBmp) {
      std::string narrow;
      for (std::size_t i = 0; i + 1 < value.size(); i += 2) {
        append_utf8(narrow,
                    static_cast<char32_t>(byte(value, i) << 8U | byte(value, i + 1)));
      }
      tell(narrow);
    } else if (tag == kOctets && looks_nested(value)) {
      walk(value, depth + 1);
    } else if (tag == kOctets || tag == kUtf8 || tag == kNumeric || tag == kPrintable ||
               tag == kTeletex || tag == kIa5 || tag == kVisible || tag >= kContext) {
      tell(value);
    }
  }

  // Extensions are values in strings of bytes.
  static bool looks_nested(std::string_view value) {
    return value.size() > 2 && (byte(value, 0) == 0x30 || byte(value, 0) <= kBmp) &&
           byte(value, 1) + std::size_t{2} <= value.size() + 0x80 &&
           (byte(value, 1) > 0x80 || byte(value, 1) + std::size_t{2} == value.size());
  }

  void tell(std::string_view value) {
    constexpr std::ptrdiff_t kFewestDigits = 9;
    if (std::count_if(value.begin(), value.end(), is_ascii_digit) < kFewestDigits ||
        !is_clean_text(value)) {
      return;
    }
    text_.append(value).append("\n");
  }

  std::string text_;
};

// The bytes between the lines of a block's beginning and end.
std::string unarmoured(std::string_view lines) {
  std::string letters;
  for (std::size_t at = 0; at < lines.size();) {
    const Line line = line_at(lines, at);
    at = line.next;
    const bool checksum = line.text.starts_with('=');
    if (!checksum && line.text.find(':') == line.text.npos) letters.append(line.text);
  }
  return decode_base64(letters).bytes;
}

}  // namespace

std::string der_texts(std::string_view bytes) { return DerTexts().read(bytes); }

void read_armoured_blocks(std::string_view text, const FilePlace& place, Collector& out) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kEnd = "-----END ";
  std::size_t blocks = 0;
  for (std::size_t at = text.find(kBegin); at < text.size() && ++blocks <= kMostBlocks;
       at = text.find(kBegin, at + 1)) {
    const Line head = line_at(text, at);
    if (head.text.find("PGP MESSAGE") != head.text.npos ||
        head.text.find("PGP SIGNED") != head.text.npos) {
      continue;
    }
    const std::size_t end = std::min(text.find(kEnd, head.next), text.size());
    if (end < head.next) return;
    const std::string bytes = unarmoured(text.substr(head.next, end - head.next));
    const FilePlace inside = place.inside(trimmed(head.text.substr(
        kBegin.size(), head.text.find('-', kBegin.size()) - kBegin.size())));
    if (bytes.starts_with('\x30')) {
      const Sniffed found = sniff(bytes);
      if (!found.type.empty()) read_format(found, bytes, inside, out);
      out.add_text(place.part, inside.path, model::Zone::kMetadata,
                   {to_valid_utf8(der_texts(bytes)), {}});
    } else {
      read_strings(bytes, inside, out);
    }
    at = std::max(at, end - 1);
  }
}

}  // namespace noshare::extract
