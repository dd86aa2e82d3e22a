// Charset, line joining, HTML and regions of one text part. See text_part.h.
#include "extract/text_part.h"

#include <utility>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/embedded.h"
#include "extract/flowed.h"
#include "extract/header_block.h"
#include "extract/html_text.h"
#include "extract/regions.h"
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

// True if text[begin, end), which starts with a begin line, holds OpenPGP data (RFC 4880
// section 6.2): the first octet, a packet's tag, has bit 7 set.
bool holds_pgp_packets(std::string_view text) {
  constexpr int kMostArmourHeaders = 20;  // they end with an empty line
  std::size_t at = line_at(text, 0).next;
  for (int i = 0; i < kMostArmourHeaders && !trimmed(line_at(text, at).text).empty();
       ++i) {
    at = line_at(text, at).next;
  }
  at = line_at(text, at).next;
  const Decoded first = decode_base64(line_at(text, at).text);
  return first.clean && !first.bytes.empty() &&
         (static_cast<unsigned char>(first.bytes[0]) & 0x80U) != 0;
}

// Takes encrypted PGP blocks out of a text: they are no text, and saying that they were
// read would be wrong. True if there was one.
bool cut_pgp_messages(MappedText& text, bool mapped) {
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
    if (!holds_pgp_packets(all.substr(begin, end - begin))) continue;
    kept.copy(all.substr(at, begin - at), at);
    at = end + kPgpEnd.size();
  }
  if (at == 0) return false;
  kept.copy(all.substr(at), at);
  text = chained(kept.finish(all.size()), text.map, mapped);
  return true;
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
  if (cut_pgp_messages(text, out.maps())) {
    out.saw_encrypted_content = true;
    out.add_unreadable(part, path, model::UnreadableReason::kEncrypted, "PGP message");
  }
  note_pgp(text.text, out);
  std::vector<Region> regions;
  if (facts.zone == Zone::kBody) {
    regions = find_regions(text.text, {});
    read_quoted_heads(text.text, regions, out.extracted().participants);
  }
  read_embedded_runs(text.text, part, path, out);
  out.add_text(part, path, facts.zone, std::move(text), std::move(regions));
}

void read_html(const MappedText& source, const std::string& part, const std::string& path,
               Collector& out) {
  HtmlText html = html_to_text(source.text, out.maps());
  const auto add = [&](Zone zone, MappedText text, std::vector<Region> regions) {
    read_embedded_runs(text.text, part, path, out);
    out.add_text(part, path, zone, chained(std::move(text), source.map, out.maps()),
                 std::move(regions));
  };
  note_pgp(html.visible.text, out);
  std::vector<Region> regions = find_regions(html.visible.text, html.quoted);
  read_quoted_heads(html.visible.text, regions, out.extracted().participants);
  add(Zone::kHtmlVisible, std::move(html.visible), std::move(regions));
  add(Zone::kHtmlHidden, std::move(html.hidden), {});
  add(Zone::kAttribute, std::move(html.attributes), {});
}

}  // namespace

std::string read_text(std::string_view bytes, const TextFacts& facts,
                      const std::string& part, const std::string& path, Collector& out) {
  read_embedded_blocks(bytes, part, path, out);
  const std::string_view label =
      facts.charset.empty() && facts.html ? html_charset(bytes) : facts.charset;
  DecodedText decoded = decode_charset(bytes, label, out.maps());
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
  for (std::string_view begin :
       {"<!doctype html", "<html", "<head", "<body", "<table", "<div"}) {
    if (head.starts_with(begin)) return true;
  }
  return false;
}

}  // namespace noshare::extract
