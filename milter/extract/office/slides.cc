// Presentations: texts in a tree of records ([MS-PPT], section 2.3.1).
//
// All text atoms are read, wherever they stand: slides, notes, masters, comments, titles
// in the outline, and what an earlier saving left behind.
#include <string>

#include "extract/containers/inflate.h"
#include "extract/containers/little_endian.h"
#include "extract/office/parts.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

constexpr std::size_t kHeader = 8;
constexpr unsigned kMostDepth = 64;

enum RecordType : std::uint16_t {
  kSlide = 0x03EE,
  kNotes = 0x03F0,
  kMaster = 0x03F8,
  kWideText = 0x0FA0,
  kByteText = 0x0FA8,
  kString = 0x0FBA,
  kStoredObject = 0x1011,
  kCryptSession = 0x2F14,
};

// Text of a record's content as lines; 11 is a line break inside a paragraph.
void append_lines(std::string& text, std::string_view content) {
  for (const char c : content) text += c == '\r' || c == '\v' ? '\n' : c;
  text += '\n';
}

class SlideReader {
 public:
  explicit SlideReader(const OfficeOutput& out) : out_(out) {}

  void read(std::string_view bytes) {
    std::string text;
    walk(bytes, 0, text);
    out_.text(Zone::kDocument, "outline", std::move(text));
  }

 private:
  void walk(std::string_view bytes, unsigned depth, std::string& text) {
    while (bytes.size() >= kHeader) {
      const std::uint16_t head = u16_at(bytes, 0);
      const std::uint16_t type = u16_at(bytes, 2);
      const std::size_t size = u32_at(bytes, 4);
      const std::string_view content = bytes.substr(kHeader, size);
      if (content.size() < size && !said_cut_) {
        said_cut_ = true;
        out_.unreadable(UnreadableReason::kCorrupt, "", "broken presentation");
      }
      constexpr std::uint16_t kContainer = 0x000F;
      if ((head & kContainer) == kContainer) {
        open(type, content, depth, text);
      } else {
        read_atom(type, static_cast<std::uint16_t>(head >> 4U), content, text);
      }
      bytes.remove_prefix(kHeader + content.size());
    }
  }

  void open(std::uint16_t type, std::string_view content, unsigned depth,
            std::string& text) {
    if (depth >= kMostDepth) {
      out_.unreadable(UnreadableReason::kTooDeep, "", "records nested too deeply");
      return;
    }
    if (type == kCryptSession) {
      out_.unreadable(UnreadableReason::kEncrypted, "", "document with a password");
    }
    std::string name;
    if (type == kSlide) name = "slide " + std::to_string(++slides_);
    if (type == kNotes) name = "notes " + std::to_string(++notes_);
    if (type == kMaster) name = "master " + std::to_string(++masters_);
    if (name.empty()) return walk(content, depth + 1, text);
    std::string own;
    walk(content, depth + 1, own);
    out_.text(Zone::kDocument, name, std::move(own));
  }

  void read_atom(std::uint16_t type, std::uint16_t instance, std::string_view content,
                 std::string& text) {
    if (type == kWideText || type == kString) append_lines(text, from_utf16(content));
    if (type == kByteText) append_lines(text, from_code_page(content, 1252));
    if (type != kStoredObject) return;
    const std::string name = "object " + std::to_string(++objects_);
    if (instance == 0) return out_.file(name, std::string(content));
    // Packed, behind its size.
    constexpr std::size_t kSizeAndHeader = 4 + 2;  // the latter zlib's (RFC 1950)
    const std::string_view packed =
        content.substr(std::min(kSizeAndHeader, content.size()));
    Unpacked unpacked = inflate(packed, kMostOfficeText);
    if (unpacked.state != UnpackState::kWhole) {
      out_.unreadable(UnreadableReason::kCorrupt, name, "object in a presentation");
    }
    out_.file(name, std::move(unpacked.bytes));
  }

  const OfficeOutput& out_;
  unsigned slides_ = 0;
  unsigned notes_ = 0;
  unsigned masters_ = 0;
  unsigned objects_ = 0;
  bool said_cut_ = false;
};

}  // namespace

void read_slides(std::string_view stream, const OfficeOutput& out) {
  SlideReader(out).read(stream);
}

}  // namespace noshare::extract
