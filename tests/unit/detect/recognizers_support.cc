// A plain, slow anchor finder for tests; see recognizers_support.h.
#include "recognizers_support.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "detect/region_finder.h"

namespace noshare::detect {
namespace {

void find_digits(std::string_view text, const AnchorRequest& request,
                 std::vector<Anchor>& anchors) {
  std::uint32_t digits = 0;
  std::size_t begin = 0;
  std::size_t last = 0;
  const auto flush = [&] {
    if (digits >= request.least_digits) {
      anchors.push_back(
          {AnchorKind::kDigits,
           0,
           {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(last + 1)}});
    }
    digits = 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_ascii_digit(text[at])) continue;
    if (digits > 0 && at - last - 1 > request.most_gap) flush();
    if (digits == 0) begin = at;
    ++digits;
    last = at;
  }
  flush();
}

void find_literals(std::string_view text, const AnchorRequest& request,
                   std::vector<Anchor>& anchors) {
  const std::string lowered = ascii_lowered(text);
  for (std::size_t i = 0; i < request.literals.size(); ++i) {
    const std::string& literal = request.literals[i];
    for (std::size_t at = lowered.find(literal); at != std::string::npos;
         at = lowered.find(literal, at + 1)) {
      const std::size_t end = at + literal.size();
      const bool whole = (at == 0 || !is_ascii_alnum(text[at - 1])) &&
                         (end == text.size() || !is_ascii_alnum(text[end]));
      if (request.literals_are_words && !whole) continue;
      anchors.push_back(
          {AnchorKind::kLiteral,
           static_cast<std::uint16_t>(i),
           {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
    }
  }
}

void find_capitals(std::string_view text, std::vector<Anchor>& anchors) {
  RegionWants wants;
  wants.capital_words = true;
  Regions regions;
  find_regions(text, wants, best_kernel(), regions);
  for (const model::Span& pair : regions.capital_pairs)
    anchors.push_back({AnchorKind::kCapitalWords, 0, pair});
}

}  // namespace

std::vector<SeenCandidate> run_recognizer(const Recognizer& recognizer,
                                          std::string_view text, model::Zone zone) {
  const AnchorRequest& request = recognizer.anchors();
  model::Segment segment;
  segment.zone = zone;
  segment.text = std::string(text);
  std::vector<Anchor> anchors;
  const auto size = static_cast<std::uint32_t>(text.size());
  if (request.least_digits > 0) find_digits(text, request, anchors);
  find_literals(text, request, anchors);
  if (request.capital_words) find_capitals(text, anchors);
  if ((request.whole_zones >> static_cast<unsigned>(zone)) & 1U) {
    anchors.push_back({AnchorKind::kSegment, 0, {0, size}});
  }
  std::sort(anchors.begin(), anchors.end(),
            [](const Anchor& a, const Anchor& b) { return a.span.begin < b.span.begin; });

  std::vector<std::pair<model::Span, std::vector<Anchor>>> stretches;
  for (const Anchor& anchor : anchors) {
    const model::Span wide{
        anchor.span.begin - std::min(anchor.span.begin, request.before),
        std::min(size, anchor.span.end + request.after)};
    if (stretches.empty() || stretches.back().first.end < wide.begin) {
      stretches.push_back({wide, {anchor}});
    } else {
      stretches.back().first.end = std::max(stretches.back().first.end, wide.end);
      stretches.back().second.push_back(anchor);
    }
  }
  std::vector<Window> windows;
  for (const auto& [span, inside] : stretches) windows.push_back({span, inside});

  std::vector<RawCandidate> found;
  recognizer.recognize({segment, segment.text, windows, Deadline::never()}, found);
  std::sort(found.begin(), found.end(), [](const RawCandidate& a, const RawCandidate& b) {
    return a.span.begin < b.span.begin;
  });
  std::vector<SeenCandidate> seen;
  for (const RawCandidate& candidate : found) {
    seen.push_back({segment.text.substr(candidate.span.begin,
                                        candidate.span.end - candidate.span.begin),
                    candidate.confidence, candidate.normalised, candidate.country});
  }
  return seen;
}

config::Pattern pattern_of(std::string recognizer, std::vector<std::string> near_words) {
  config::Pattern pattern;
  pattern.recognizer = std::move(recognizer);
  config::Context near;
  near.words = std::move(near_words);
  pattern.near.push_back(std::move(near));
  return pattern;
}

}  // namespace noshare::detect
