#include "scan/form_findings.h"

#include "noshare/base/text.h"

#include "scan/placed_finding.h"

namespace noshare::scan {

namespace {

detect::Detected described(const forms::FormMatch& match, const model::Segment& segment,
                           const FingerprintKey& key) {
  detect::Detected detected = placed_finding(segment, match.segment, match.span);
  model::Finding& finding = detected.finding;
  finding.entity = forms::kFormEntity;
  finding.confidence = match.similarity;
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
