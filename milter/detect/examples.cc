// Packs proven by their own examples: each is searched with all patterns, as mail would
// be.
#include <algorithm>

#include <fmt/format.h>

#include "noshare/detect/detector.h"

#include "detect/compiled.h"

namespace noshare::detect {
namespace {

// What was found, for a message: only packs' own texts ever come here.
std::string list_of(const std::vector<Detected>& detected) {
  std::vector<std::string> texts;
  for (const Detected& one : detected)
    texts.push_back(fmt::format("{} {} '{}' ({})", one.finding.entity,
                                one.finding.confidence, one.value.reveal(),
                                fmt::join(one.finding.why, "; ")));
  return texts.empty() ? "nothing found"
                       : fmt::format("found {}", fmt::join(texts, ", "));
}

std::vector<Detected> searched(Detector& detector, const config::Example& example) {
  model::Segment segment;
  segment.path = "example";
  segment.zone = example.zone;
  segment.text = example.text;
  return detector.detect({&segment, 1}, Deadline::never()).detected;
}

bool is_found(const std::vector<Detected>& detected, const std::string& entity,
              const config::Example& example) {
  return std::any_of(detected.begin(), detected.end(), [&](const Detected& one) {
    return one.finding.entity == entity &&
           one.finding.confidence >= example.least_confidence &&
           (example.value.empty() || one.value.reveal() == example.value);
  });
}

void check_pattern(Detector& detector, const config::Pattern& pattern,
                   std::vector<std::string>& failures) {
  for (const config::Example& example : pattern.found) {
    const auto detected = searched(detector, example);
    if (is_found(detected, pattern.id, example)) continue;
    failures.push_back(
        at_line(pattern, example.line,
                fmt::format("{}: expected '{}' with at least {} in '{}', {}", pattern.id,
                            example.value, example.least_confidence, example.text,
                            list_of(detected))));
  }
  for (config::Example example : pattern.not_found) {
    const auto detected = searched(detector, example);
    example.value.clear();
    if (!is_found(detected, pattern.id, example)) continue;
    failures.push_back(
        at_line(pattern, example.line,
                fmt::format("{}: expected less than {} in '{}' ({}), {}", pattern.id,
                            example.least_confidence, example.text, example.because,
                            list_of(detected))));
  }
}

}  // namespace

std::vector<std::string> failed_examples(
    const std::shared_ptr<const Database>& database) {
  std::vector<std::string> failures;
  auto detector = Detector::create(database, FingerprintKey::random());
  if (!detector) return {detector.error().message};
  for (const CompiledPattern& compiled : database->impl().patterns)
    check_pattern(*detector, compiled.pattern, failures);
  return failures;
}

}  // namespace noshare::detect
