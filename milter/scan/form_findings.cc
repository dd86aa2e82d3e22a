#include "scan/form_findings.h"

#include "noshare/base/text.h"

namespace noshare::scan {

namespace {

detect::Detected described(const forms::FormMatch& match, const model::Segment& segment,
                           const FingerprintKey& key) {
  detect::Detected detected;
  detected.segment = match.segment;
  detected.span = match.span;
  const std::string& source = segment.source_text();
  model::Span place = match.span;
  if (!segment.to_source.is_identity()) {
    place = {segment.to_source.source_begin(place.begin),
             segment.to_source.source_end(place.end)};
  }
  const std::string_view text = source;
  model::Finding& finding = detected.finding;
  finding.entity = forms::kFormEntity;
  finding.confidence = match.similarity;
  finding.part = segment.part;
  finding.path = segment.path;
  finding.zone = segment.zone;
  finding.start =
      static_cast<std::uint32_t>(count_code_points(text.substr(0, place.begin)));
  finding.end = static_cast<std::uint32_t>(count_code_points(text.substr(0, place.end)));
  finding.masked = one_line(match.name);  // the document's name; nothing of its text
  finding.fingerprint = key.of(forms::kFormEntity, match.name);
  finding.why.push_back("repeats " + std::to_string(match.similarity) +
                        " % of the known document '" + one_line(match.name) + "'");
  detected.value = Sensitive(match.name);
  return detected;
}

}  // namespace

model::EntityInfo form_info() { return {"Known document", {"document"}}; }

void add_form_findings(std::span<const model::Segment> segments,
                       const std::vector<forms::FormMatch>& matches,
                       const FingerprintKey& key,
                       std::vector<detect::Detected>& detected) {
  for (const forms::FormMatch& match : matches) {
    detected.push_back(described(match, segments[match.segment], key));
  }
}

}  // namespace noshare::scan
