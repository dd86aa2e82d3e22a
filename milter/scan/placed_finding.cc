#include "scan/placed_finding.h"

#include <string_view>

#include "noshare/base/text.h"

namespace noshare::scan {

detect::Detected placed_finding(const model::Segment& segment, std::uint32_t index,
                                const model::Span& span) {
  detect::Detected detected;
  detected.segment = index;
  detected.span = span;
  model::Span place = span;
  if (!segment.to_source.is_identity()) {
    place = {segment.to_source.source_begin(span.begin),
             segment.to_source.source_end(span.end)};
  }
  const std::string_view text = segment.source_text();
  model::Finding& finding = detected.finding;
  finding.part = segment.part;
  finding.path = segment.path;
  finding.zone = segment.zone;
  finding.start =
      static_cast<std::uint32_t>(count_code_points(text.substr(0, place.begin)));
  finding.end = static_cast<std::uint32_t>(count_code_points(text.substr(0, place.end)));
  return detected;
}

}  // namespace noshare::scan
