// Charset, line joining, HTML and regions of one text part. See text_part.h.
#include "extract/text_part.h"

#include <utility>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/flowed.h"
#include "extract/html_text.h"
#include "extract/regions.h"

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

// Takes blocks of PGP armour (RFC 4880 section 6.2) out of a text: they are no text, and
// saying that they were read would be wrong. True if there was one.
bool cut_pgp_messages(MappedText& text, bool mapped) {
  constexpr std::string_view kBegin = "-----BEGIN PGP MESSAGE-----";
  constexpr std::string_view kEnd = "-----END PGP MESSAGE-----";
  if (text.text.find(kBegin) == std::string::npos) return false;
  const std::string_view all = text.text;
  TextBuilder kept(mapped);
  std::size_t at = 0;
  for (std::size_t begin = all.find(kBegin); begin != std::string_view::npos;
       begin = all.find(kBegin, at)) {
    const std::size_t end = all.find(kEnd, begin);
    kept.copy(all.substr(at, begin - at), at);
    at = end == std::string_view::npos ? all.size() : end + kEnd.size();
  }
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
  out.add_text(part, path, facts.zone, std::move(text), std::move(regions));
}

void read_html(const MappedText& source, const std::string& part, const std::string& path,
               Collector& out) {
  HtmlText html = html_to_text(source.text, out.maps());
  const auto add = [&](Zone zone, MappedText text, std::vector<Region> regions) {
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
