// Charset, line joining, HTML and regions of one text part. See text_part.h.
#include "extract/text_part.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"

#include "extract/armour.h"
#include "extract/charset.h"
#include "extract/disguise/markup_view.h"
#include "extract/embedded.h"
#include "extract/file_reader.h"
#include "extract/flowed.h"
#include "extract/header_block.h"
#include "extract/html_text.h"
#include "extract/openpgp.h"
#include "extract/other_readings.h"
#include "extract/regions.h"
#include "extract/sealed.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

using model::Region;
using model::RegionKind;
using model::Zone;

// Chains a second step's result to the first one's map.
MappedText chained(MappedText second, const model::OffsetMap& first, bool mapped) {
  if (mapped) second.map = compose(second.map, first, second.text.size());
  return second;
}

constexpr std::string_view kPgpBegin = "-----BEGIN PGP MESSAGE-----";
constexpr std::string_view kPgpEnd = "-----END PGP MESSAGE-----";

// The packets of the armour text[begin, end), which starts with a begin line (RFC 4880
// section 6.2).
std::string pgp_packets(std::string_view text) {
  constexpr int kMostArmourHeaders = 20;  // they end with an empty line
  std::size_t at = line_at(text, 0).next;
  for (int i = 0; i < kMostArmourHeaders && !trimmed(line_at(text, at).text).empty();
       ++i) {
    at = line_at(text, at).next;
  }
  std::string lines;
  for (at = line_at(text, at).next; at < text.size();) {
    const Line line = line_at(text, at);
    if (line.text.starts_with('=')) break;  // the checksum
    lines.append(line.text).append("\n");
    at = line.next;
  }
  return decode_base64(lines).bytes;
}

// Takes encrypted PGP blocks out of a text: they are no text, and saying that they were
// read would be wrong. True if there was one. Those that are only signed or packed are
// read as files of `place`. What only begins like one stays in the text as well.
bool cut_pgp_messages(MappedText& text, const FilePlace& place, Collector& out) {
  const bool mapped = out.maps();
  bool encrypted = false;
  const std::string_view all = text.text;
  TextBuilder kept(mapped);
  std::size_t at = 0;
  std::size_t end =
      0;  // of the end line behind `begin`; looked for once, however many begin
  for (std::size_t begin = all.find(kPgpBegin); begin != std::string_view::npos;
       begin = all.find(kPgpBegin, begin + 1)) {
    if (begin < at) continue;
    if (begin >= end) end = all.find(kPgpEnd, begin);
    if (end == std::string_view::npos) break;
    const std::string packets = pgp_packets(all.substr(begin, end - begin));
    const OpenPgp kind = openpgp_kind(packets);
    if (kind == OpenPgp::kClear) read_openpgp(packets, place, out);
    encrypted = encrypted || announced_openpgp_kind(packets) == OpenPgp::kEncrypted;
    if (kind != OpenPgp::kEncrypted) continue;
    kept.copy(all.substr(at, begin - at), at);
    at = end + kPgpEnd.size();
  }
  if (at == 0) return encrypted;
  kept.copy(all.substr(at), at);
  text = chained(kept.finish(all.size()), text.map, mapped);
  return encrypted;
}

void note_pgp(std::string_view text, Collector& out) {
  if (text.find("-----BEGIN PGP SIGNED MESSAGE-----") != std::string_view::npos) {
    out.extracted().is_signed = true;
  }
}

void read_plain(MappedText text, const TextFacts& facts, const std::string& part,
                const std::string& path, Collector& out) {
  if (facts.flowed) {
    MappedText joined = unflowed(text.text, facts.delete_space, out.maps());
    text = chained(std::move(joined), text.map, out.maps());
  }
  if (cut_pgp_messages(text, {part, path, facts.depth}, out)) {
    out.saw_encrypted_content = true;
    out.add_unreadable(part, path, model::UnreadableReason::kEncrypted, "PGP message");
  }
  note_pgp(text.text, out);
  read_armoured_blocks(text.text, {part, path, facts.depth}, out);
  if (const std::string_view kind = sealed_kind(text.text); !kind.empty()) {
    out.add_unreadable(part, path, model::UnreadableReason::kEncrypted, kind);
  }
  std::vector<Region> regions;
  if (facts.zone == Zone::kBody) {
    regions = find_regions(text.text, {});
    read_quoted_heads(text.text, regions, out.extracted().participants);
  }
  read_embedded_runs(text, part, path, out);
  MappedText bare = without_markup(text.text, out.maps());
  if (!bare.text.empty()) {
    bare = chained(std::move(bare), text.map, out.maps());
    out.add_text(part, path + std::string(kAsShown), facts.zone, std::move(bare));
  }
  out.add_text(part, path, facts.zone, std::move(text), std::move(regions));
}

// A document in a document; frames in frames are not followed further than a few.
void read_frame(std::string_view html, const std::string& part, const std::string& path,
                Collector& out) {
  constexpr unsigned kDeepest = 3;
  if (out.decoding_depth >= kDeepest || !out.time_left()) return;
  ++out.decoding_depth;
  TextFacts facts;
  facts.charset = "utf-8";
  facts.html = true;
  read_text(html, facts, part, path + std::string(kPathSeparator) + "frame", out);
  --out.decoding_depth;
}

void read_html(const MappedText& source, const std::string& part, const std::string& path,
               Collector& out) {
  HtmlText html = html_to_text(source.text, out.maps());
  const auto add = [&](Zone zone, MappedText text, std::vector<Region> regions,
                       std::string_view view = "") {
    const std::string place = path + std::string(view);
    text = chained(std::move(text), source.map, out.maps());
    read_embedded_runs(text, part, place, out);
    out.add_text(part, place, zone, std::move(text), std::move(regions));
  };
  note_pgp(html.visible.text, out);
  read_embedded_blocks(html.visible.text, part, path, out);
  std::vector<Region> regions = find_regions(html.visible.text, html.quoted);
  read_quoted_heads(html.visible.text, regions, out.extracted().participants);
  add(Zone::kHtmlVisible, std::move(html.visible), std::move(regions));
  add(Zone::kHtmlHidden, std::move(html.hidden), {});
  add(Zone::kAttribute, std::move(html.attributes), {});
  add(Zone::kHtmlVisible, std::move(html.shown), {}, kAsShown);
  for (const std::string& frame : html.frames) read_frame(frame, part, path, out);
}

}  // namespace

namespace {

// Letters, digits and spaces of EBCDIC are other signs elsewhere; almost nothing else.
bool looks_like_ebcdic(std::string_view bytes) {
  constexpr std::size_t kLooked = 1024;
  const std::string_view head = bytes.substr(0, kLooked);
  if (head.find('\x40') == std::string_view::npos) return false;
  const auto count = [&](auto&& is) {
    return static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [&](char c) {
      return is(static_cast<unsigned char>(c));
    }));
  };
  const std::size_t words = count([](unsigned char c) {
    const unsigned low = c & 0x0FU;
    return c == 0x40 || c == 0xF0 || (c >= 0x81 && low >= 1 && low <= 9);
  });
  const std::size_t others = count([](unsigned char c) {
    return c == 0x4B || c == 0x6B || c == 0x60 || c == 0x15 || c == 0x25 || c == 0x0D;
  });
  const std::size_t spaces = count([](unsigned char c) { return c == 0x40; });
  return head.size() >= 16 && spaces >= 2 && (words + others) * 20 >= head.size() * 19;
}

}  // namespace

std::string read_text(std::string_view bytes, const TextFacts& facts,
                      const std::string& part, const std::string& path, Collector& out) {
  read_embedded_blocks(bytes, part, path, out);
  const std::string_view label =
      facts.charset.empty() && facts.html ? html_charset(bytes) : facts.charset;
  DecodedText decoded = decode_charset(bytes, label, out.maps());
  for (std::string& other : other_readings(bytes)) {
    if (other == decoded.text.text) continue;
    out.add_text(part, path + std::string(kDecoded), facts.zone, {std::move(other), {}});
  }
  if (looks_like_ebcdic(bytes)) {
    out.add_text(part, path + std::string(kDecoded), facts.zone,
                 {decode_charset(bytes, "IBM037", false).text.text, {}});
  }
  // Taken for UTF-16 by its NULs alone, which may as well be no more than that.
  if (decoded.charset.starts_with("utf-") && decoded.charset != "utf-8" &&
      label.empty() && !has_byte_order_mark(bytes)) {
    std::string plain(bytes);
    std::erase(plain, '\0');
    out.add_text(part, path + std::string(kDecoded), facts.zone,
                 {to_valid_utf8(plain), {}});
  }
  if (!decoded.label_known && !decoded.clean) {
    out.add_unreadable(part, path, model::UnreadableReason::kCorrupt, "unknown charset");
  }
  if (facts.html) {
    read_html(decoded.text, part, path, out);
  } else {
    read_plain(std::move(decoded.text), facts, part, path, out);
  }
  return decoded.charset;
}

bool looks_like_html(std::string_view bytes) {
  const std::string head = ascii_lowered(trimmed(bytes.substr(0, 1024)));
  if (head.starts_with("<!doctype html") || head.starts_with("<!--")) return true;
  if (!head.starts_with('<')) return false;
  const std::string_view name =
      std::string_view(head).substr(1, head.find_first_of(" >/\t\r\n", 1) - 1);
  for (std::string_view known :
       {"html", "head", "body",  "table", "div",  "p",      "span",    "meta",   "style",
        "font", "b",    "i",     "br",    "h1",   "h2",     "h3",      "center", "ul",
        "ol",   "pre",  "title", "img",   "form", "iframe", "section", "main"}) {
    if (name == known) return head.find('>') != std::string::npos;
  }
  return false;
}

}  // namespace noshare::extract
