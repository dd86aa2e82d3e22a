// Word documents: the piece table says where the text lies ([MS-DOC], section 2.4.1).
//
// All of it is read: the body, footnotes, headers, comments, endnotes, text boxes, and
// what is hidden or deleted with tracking.
#include <algorithm>
#include <array>

#include "extract/containers/little_endian.h"
#include "extract/office/parts.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

constexpr std::uint16_t kWord97 = 0xA5EC;
constexpr std::uint16_t kWord6 = 0xA5DC;
constexpr std::uint16_t kEncrypted = 0x0100;
constexpr std::uint16_t kSecondTable = 0x0200;
constexpr std::uint16_t kComplex = 0x0004;

// In the order in which their characters follow each other; where the FIB counts them.
struct SubDocument {
  const char* name;
  std::size_t count_at;
};
constexpr std::array<SubDocument, 8> kSubDocuments = {{{"text", 0x4C},
                                                       {"footnotes", 0x50},
                                                       {"headers and footers", 0x54},
                                                       {"macros", 0x58},
                                                       {"comments", 0x5C},
                                                       {"endnotes", 0x60},
                                                       {"text boxes", 0x64},
                                                       {"text boxes of headers", 0x68}}};

// Marks of Word's own as text. A cell ends with 7, a row with another one; a field's
// instruction stands between 19 and 20, its result after that.
class PlainText {
 public:
  void append(std::string_view utf8) {
    for (const char c : utf8) append(c);
  }
  std::string take() { return std::move(text_); }
  std::string take_instructions() { return std::move(instructions_); }

 private:
  void append(char c) {
    constexpr char kCell = 0x07;
    const bool after_cell = std::exchange(after_cell_, c == kCell);
    std::string& into = instructing_ > 0 ? instructions_ : text_;
    switch (c) {
      case kCell:
        into += after_cell ? '\n' : '\t';
        after_cell_ = !after_cell;
        break;
      case 0x0B:
      case 0x0C:
      case 0x0D:
      case 0x0E:
        into += '\n';
        break;
      case 0x13:
        fields_.push_back(true);
        ++instructing_;
        break;
      case 0x14:
        end_instruction();
        break;
      case 0x15:
        end_instruction();
        if (!fields_.empty()) fields_.pop_back();
        break;
      case 0x1E:
        into += '-';  // one that does not break
        break;
      default:
        if (static_cast<unsigned char>(c) >= ' ' || c == '\t') into += c;
    }
  }

  void end_instruction() {
    if (fields_.empty() || !fields_.back()) return;
    fields_.back() = false;
    if (--instructing_ == 0) instructions_ += '\n';
  }

  std::string text_;
  std::string instructions_;
  std::vector<bool> fields_;  // open ones: whether we are in the instruction
  std::size_t instructing_ = 0;
  bool after_cell_ = false;
};

struct Piece {
  std::size_t characters = 0;
  std::size_t at = 0;  // in the stream
  bool wide = true;
};

class WordReader {
 public:
  WordReader(std::string_view stream, std::string_view table, const OfficeOutput& out)
      : stream_(stream), table_(table), out_(out) {}

  void read(std::size_t clx_at) {
    if (clx_at + 8 > stream_.size() ||
        !read_pieces(u32_at(stream_, clx_at), u32_at(stream_, clx_at + 4))) {
      out_.unreadable(UnreadableReason::kCorrupt, "", "broken Word document");
    }
    put_texts();
  }

 private:
  // [MS-DOC] section 2.9.38: settings (1), then the piece table (2).
  bool read_pieces(std::size_t at, std::size_t size) {
    if (at > table_.size() || size > table_.size() - at) return false;
    std::string_view clx = table_.substr(at, size);
    while (clx.size() >= 3 && clx[0] == 1) {
      const std::size_t skipped = 3 + std::size_t{u16_at(clx, 1)};
      clx.remove_prefix(std::min(skipped, clx.size()));
    }
    if (clx.size() < 5 || clx[0] != 2) return false;
    clx = clx.substr(5, u32_at(clx, 1));
    if (clx.size() < 16) return false;
    const std::size_t count = (clx.size() - 4) / 12;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t begin = u32_at(clx, i * 4);
      const std::uint32_t end = u32_at(clx, i * 4 + 4);
      const std::uint32_t place = u32_at(clx, (count + 1) * 4 + i * 8 + 2);
      if (end < begin) return false;
      constexpr std::uint32_t kNarrow = 1U << 30U;
      Piece piece;
      piece.characters = end - begin;
      piece.wide = (place & kNarrow) == 0;
      piece.at = piece.wide ? place : (place & ~kNarrow) / 2;
      pieces_.push_back(piece);
    }
    return true;
  }

  // The next characters of the document, or fewer when it ends before.
  std::string take(std::size_t characters) {
    std::string text;
    while (characters > 0 && next_ < pieces_.size()) {
      Piece& piece = pieces_[next_];
      const std::size_t some = std::min(characters, piece.characters);
      const std::size_t size = piece.wide ? some * 2 : some;
      if (piece.at < stream_.size()) {
        const std::string_view bytes = stream_.substr(piece.at, size);
        cut_ = cut_ || bytes.size() < size;
        text += piece.wide ? from_utf16(bytes) : from_code_page(bytes, 1252);
      } else {
        cut_ = cut_ || size > 0;
      }
      piece.at += size;
      piece.characters -= some;
      characters -= some;
      if (piece.characters == 0) ++next_;
      taken_ += text.size();
      if (taken_ > kMostOfficeText) {
        out_.unreadable(UnreadableReason::kTooLarge, "", "more text than allowed");
        next_ = pieces_.size();
      }
    }
    return text;
  }

  void put_texts() {
    for (const SubDocument& part : kSubDocuments) {
      put(part.name, take(u32_at(stream_, part.count_at)));
    }
    put("further text", take(~std::size_t{0}));
    if (cut_) out_.unreadable(UnreadableReason::kCorrupt, "", "broken Word document");
  }

  void put(const std::string& name, std::string_view characters) {
    PlainText plain;
    plain.append(characters);
    out_.text(Zone::kDocument, name, plain.take());
    out_.text(Zone::kAttribute, name + ", fields", plain.take_instructions());
  }

  std::string_view stream_;
  std::string_view table_;
  const OfficeOutput& out_;
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  bool cut_ = false;
};

// Word 6 and 95: single bytes in one stretch, unless the file was saved in a hurry.
void read_old_word(std::string_view stream, const OfficeOutput& out) {
  const std::size_t begin = u32_at(stream, 0x18);
  const std::size_t end = u32_at(stream, 0x1C);
  if (begin > end || end > stream.size()) {
    return out.unreadable(UnreadableReason::kCorrupt, "", "broken Word document");
  }
  PlainText plain;
  plain.append(from_code_page(stream.substr(begin, end - begin), 1252));
  out.text(Zone::kDocument, "text", plain.take());
  out.text(Zone::kAttribute, "text, fields", plain.take_instructions());
  if ((u16_at(stream, 0x0A) & kComplex) != 0) {
    out.unreadable(UnreadableReason::kUnsupported, "", "Word 6 document in pieces");
  }
}

}  // namespace

void read_word(std::string_view stream, std::string_view table0, std::string_view table1,
               const OfficeOutput& out) {
  constexpr std::size_t kSmallest = 0x1AA;  // up to the place of the piece table
  const std::uint16_t kind = stream.size() < kSmallest ? 0 : u16_at(stream, 0);
  if (kind != kWord97 && kind != kWord6) {
    return out.unreadable(UnreadableReason::kCorrupt, "", "no Word document");
  }
  const std::uint16_t flags = u16_at(stream, 0x0A);
  if ((flags & kEncrypted) != 0) {
    return out.unreadable(UnreadableReason::kEncrypted, "", "document with a password");
  }
  if (kind == kWord6) return read_old_word(stream, out);
  WordReader(stream, (flags & kSecondTable) != 0 ? table1 : table0, out).read(0x1A2);
}

}  // namespace noshare::extract
