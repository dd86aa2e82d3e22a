// Windows are anchors with their margins, merged where they touch.
#include "detect/recognizer_run.h"

#include <algorithm>
#include <tuple>

#include "detect/edges.h"
#include "detect/unicode.h"
#include "detect/value_form.h"

namespace noshare::detect {
namespace {

void add_digit_clusters(const AnchorRequest& request,
                        const std::vector<model::Span>& runs,
                        std::vector<Anchor>& anchors) {
  for (std::size_t next = 0; next < runs.size();) {
    model::Span cluster = runs[next++];
    std::uint32_t digits = cluster.end - cluster.begin;
    while (next < runs.size() && runs[next].begin - cluster.end <= request.most_gap) {
      digits += runs[next].end - runs[next].begin;
      cluster.end = runs[next++].end;
    }
    if (digits >= request.least_digits)
      anchors.push_back({AnchorKind::kDigits, 0, cluster});
  }
}

}  // namespace

RecognizerRun::RecognizerRun(const Database::Impl* database)
    : database_(database), literal_anchors_(database->patterns.size()) {
  const auto& patterns = database->patterns;
  for (std::uint32_t i = 0; i < patterns.size(); ++i) {
    if (!patterns[i].recognizer) continue;
    const bool national = is_national(patterns[i].pattern);
    const std::uint32_t runner = national ? runner_of(patterns[i].pattern, *database) : i;
    const bool runs_itself = runner >= patterns.size() || !national;
    if (runs_itself) numbers_.push_back(i);
    if (national) nationals_.push_back({runs_itself ? i : runner, i});
  }
}

// The pattern that a candidate belongs to; Candidate::kNone: none of those there are.
std::uint32_t RecognizerRun::pattern_of(std::uint32_t runner,
                                        const RawCandidate& raw) const {
  const auto& patterns = database_->patterns;
  if (!raw.country.empty()) {
    for (const National& national : nationals_) {
      if (national.runner == runner &&
          patterns[national.pattern].pattern.country == raw.country)
        return national.pattern;
    }
  }
  return is_national(patterns[runner].pattern) ? Candidate::kNone : runner;
}

void RecognizerRun::gather_literals(std::string_view text, const WindowScan& scan) {
  for (std::uint32_t number : numbers_) literal_anchors_[number].clear();
  const auto& literals = database_->plan.literals;
  for (const Prefilter::Hit& hit : scan.hits()) {
    if (hit.id >= literals.size()) continue;
    const auto size = static_cast<std::uint32_t>(literals[hit.id].text.size());
    const model::Span span{hit.end - size, hit.end};
    for (const LiteralUse& use : literals[hit.id].uses) {
      if (use.group != LiteralUse::kNoGroup) continue;
      const AnchorRequest& request =
          database_->patterns[use.recognizer].recognizer->anchors();
      if (request.literals_are_words &&
          (!left_edge_holds(text, span.begin, config::Edges::kWord) ||
           !right_edge_holds(text, span.end, config::Edges::kWord)))
        continue;
      literal_anchors_[use.recognizer].push_back(
          {AnchorKind::kLiteral, use.literal, span});
    }
  }
}

void RecognizerRun::gather_anchors(std::uint32_t number, const model::Segment& segment,
                                   const WindowScan& scan) {
  const AnchorRequest& request = database_->patterns[number].recognizer->anchors();
  const auto runs = [&](Landmark landmark) -> const std::vector<model::Span>& {
    return scan.regions().runs[static_cast<std::size_t>(landmark)];
  };
  anchors_ = literal_anchors_[number];
  if (request.least_digits > 0)
    add_digit_clusters(request, runs(Landmark::kDigit), anchors_);
  if (request.at_sign) {
    for (const model::Span& run : runs(Landmark::kAt))
      anchors_.push_back({AnchorKind::kAt, 0, run});
  }
  if (request.capital_words) {
    for (const model::Span& pair : scan.regions().capital_pairs)
      anchors_.push_back({AnchorKind::kCapitalWords, 0, pair});
  }
  if ((request.whole_zones >> static_cast<unsigned>(segment.zone) & 1) != 0)
    anchors_.push_back(
        {AnchorKind::kSegment, 0, {0, static_cast<std::uint32_t>(segment.text.size())}});
  // One kind of anchor alone comes in order.
  const auto before = [](const Anchor& a, const Anchor& b) {
    return std::tuple(a.span.begin, a.span.end, a.kind) <
           std::tuple(b.span.begin, b.span.end, b.kind);
  };
  if (!std::is_sorted(anchors_.begin(), anchors_.end(), before))
    std::sort(anchors_.begin(), anchors_.end(), before);
}

void RecognizerRun::make_windows(const AnchorRequest& request, std::string_view text) {
  windows_.clear();
  std::size_t first = 0;
  model::Span window;
  const auto close = [&](std::size_t last) {
    if (last > first)
      windows_.push_back({window, std::span(anchors_).subspan(first, last - first)});
    first = last;
  };
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    const model::Span span = anchors_[i].span;
    const std::size_t begin =
        span.begin > request.before ? span.begin - request.before : 0;
    const auto from = static_cast<std::uint32_t>(boundary_before(text, begin));
    const auto to = static_cast<std::uint32_t>(
        boundary_after(text, std::size_t{span.end} + request.after));
    if (i > first && from <= window.end) {
      window.end = std::max(window.end, to);
      continue;
    }
    close(i);
    window = {from, to};
  }
  close(anchors_.size());
}

void RecognizerRun::add_candidates(std::uint32_t number, std::string_view text,
                                   std::size_t first_raw, Evaluation& evaluation,
                                   std::vector<RawCandidate>& raws,
                                   std::vector<Candidate>& candidates) const {
  for (std::size_t i = first_raw; i < raws.size(); ++i) {
    RawCandidate& raw = raws[i];
    const std::uint32_t own = pattern_of(number, raw);
    if (own == Candidate::kNone) continue;
    const CompiledPattern& pattern = database_->patterns[own];
    if (raw.span.begin >= raw.span.end || raw.span.end > text.size()) continue;
    const std::string_view value =
        text.substr(raw.span.begin, raw.span.end - raw.span.begin);
    if (raw.normalised.empty())
      append_normalised(pattern.pattern.normalise, value, raw.normalised);
    if (evaluation.judge(pattern, value, raw.normalised) != Evaluation::Verdict::kYes)
      continue;
    candidates.push_back({raw.span, own, static_cast<std::int32_t>(i),
                          static_cast<std::int16_t>(raw.confidence), 0,
                          raw.checked || pattern.proves, Candidate::kNone, 0});
  }
}

bool RecognizerRun::run(const model::Segment& segment, const WindowScan& scan,
                        Deadline deadline, Evaluation& evaluation,
                        std::vector<RawCandidate>& raws,
                        std::vector<Candidate>& candidates) {
  if (numbers_.empty()) return true;
  gather_literals(segment.text, scan);
  for (std::uint32_t number : numbers_) {
    if (deadline.expired()) return false;
    const Recognizer& recognizer = *database_->patterns[number].recognizer;
    gather_anchors(number, segment, scan);
    make_windows(recognizer.anchors(), segment.text);
    if (windows_.empty()) continue;
    const std::size_t first_raw = raws.size();
    recognizer.recognize({segment, segment.text, windows_, deadline}, raws);
    add_candidates(number, segment.text, first_raw, evaluation, raws, candidates);
  }
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.span.begin < b.span.begin; });
  return !deadline.expired();
}

}  // namespace noshare::detect
