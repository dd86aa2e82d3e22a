// Segment: UTF-8 text of one zone of one MIME part, ready to be searched.
//
// Made by extract, read by detect, inside the worker only: it holds personal data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/model/offset_map.h"

namespace noshare::model {

enum class Zone : std::uint8_t {
  kSubject,
  kHeader,  // any other header's value
  kFilename,
  kBody,  // text/plain and other text that is shown
  kHtmlVisible,
  kHtmlHidden,  // comments, display:none, script
  kAttribute,   // links, alt texts, form values
  kCell,        // a table's cell
  kDocument,    // text of an attached document
  kMetadata,    // a document's properties
  kOcr,
};
inline constexpr int kZoneCount = 11;

const char* name(Zone zone) noexcept;  // "html_visible", as in the report
bool zone_from_name(const char* text, Zone& zone) noexcept;

// Half-open byte range in a Segment's text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

// Stretches of a text that belong to somebody in particular.
enum class RegionKind : std::uint8_t {
  kQuoted,     // "> " lines, blockquote, text under "Original message"
  kSignature,  // the sender's own signature block
};
struct Region {
  Span span;
  RegionKind kind;
};

struct Segment {
  std::string part;  // MIME part number, "1.2" (RFC 3501 section 6.4.5); "0" for headers
  std::string path;  // for people: "customers.zip › list.xlsx › Sheet1!B7", "body"
  Zone zone = Zone::kBody;
  // What a disguise is taken to mean: the reader has chosen the grouping and separators.
  bool guessed = false;
  // What is searched: folded (digits and spaces to ASCII, zero-width characters removed).
  std::string text;
  // What the reader sees, where it differs from `text`; else empty.
  std::string source;
  OffsetMap to_source;          // text to source; the identity when `source` is empty
  OffsetMap to_part;            // source to the part's decoded bytes; only when asked for
  std::vector<Region> regions;  // ascending, in `text`

  const std::string& source_text() const { return source.empty() ? text : source; }
};

}  // namespace noshare::model
