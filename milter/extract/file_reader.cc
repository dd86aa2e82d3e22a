// The table of formats, and the choice among them. See file_reader.h.
#include "extract/file_reader.h"

#include <array>
#include <span>

#include "noshare/base/text.h"

#include "extract/header_block.h"
#include "extract/message_reader.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// A type as sniff() names it, or its beginning where it ends in '*'.
struct Format {
  std::string_view type;
  FormatReader read;
};

// One row for each format that can be read.
constexpr std::array<Format, 0> kFormats = {};

bool fits(std::string_view pattern, std::string_view type) {
  if (pattern.ends_with('*')) {
    return type.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return pattern == type;
}

void read_as_text(std::string_view bytes, const FilePlace& place, Collector& out) {
  TextFacts facts;
  facts.html = looks_like_html(bytes);
  facts.zone = Zone::kDocument;
  read_text(bytes, facts, place.part, place.path, out);
}

void note_protection(const Sniffed& found, Collector& out) {
  if (!found.type.starts_with("application/pkcs7-mime")) return;
  if (found.encrypted) out.saw_encrypted_content = true;
  if (!found.encrypted) out.extracted().is_signed = true;
}

}  // namespace

FilePlace FilePlace::inside(std::string_view name) const {
  return {part, path + std::string(kPathSeparator) + one_line(name), depth + 1};
}

void read_format(const Sniffed& found, std::string_view bytes, const FilePlace& place,
                 Collector& out) {
  note_protection(found, out);
  for (const Format& format : std::span<const Format>(kFormats)) {
    if (fits(format.type, found.type)) return format.read(bytes, place, out);
  }
  out.add_unreadable(
      place.part, place.path,
      found.encrypted ? UnreadableReason::kEncrypted : UnreadableReason::kUnsupported,
      found.type.empty() ? "application/octet-stream" : found.type);
}

void read_file(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (!out.time_left()) return;
  if (looks_like_message(bytes)) {
    const std::string inside = place.path + std::string(kPathSeparator);
    read_message(bytes, {place.part, inside, place.depth}, out);
    return;
  }
  const Sniffed found = sniff(bytes);
  if (found.type.empty() && is_texty(bytes)) {
    read_as_text(bytes, place, out);
  } else {
    read_format(found, bytes, place, out);
  }
}

void read_member(std::string_view bytes, std::string_view name, const FilePlace& holder,
                 Collector& out) {
  const std::string text = to_valid_utf8(name);
  const FilePlace place = holder.inside(text);
  out.add_text(place.part, place.path, Zone::kFilename, {text, {}});
  if (place.depth > out.limits().depth) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kTooDeep,
                       "files nested too deeply");
    return;
  }
  read_file(bytes, place, out);
}

}  // namespace noshare::extract
