// See text_places.h.
#include "scan/text_places.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::scan {

namespace {

// Bytes of the text.
model::Span span_in_text(const model::Segment& segment, model::Span span) {
  if (!segment.to_source.is_identity()) {
    span = {segment.to_source.source_begin(span.begin),
            segment.to_source.source_end(span.end)};
  }
  return {segment.to_part.source_begin(span.begin), segment.to_part.source_end(span.end)};
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(count_code_points(text));
}

}  // namespace

void place_in_text(std::string_view text, const std::vector<model::Segment>& segments,
                   std::vector<detect::Detected>& detected) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (detect::Detected& one : detected) {
    const model::Segment& segment = segments[one.segment];
    if (segment.to_part.is_identity()) continue;
    const model::Span span = span_in_text(segment, one.span);
    const std::uint32_t end = std::min(span.end, size);
    const std::uint32_t begin = std::min(span.begin, end);
    one.finding.start = code_points(text.substr(0, begin));
    one.finding.end = one.finding.start + code_points(text.substr(begin, end - begin));
  }
}

}  // namespace noshare::scan
