// The order of work in one segment.
#include "detect/segment_search.h"

#include <algorithm>

namespace noshare::detect {
namespace {

constexpr std::uint32_t kStretchBytes = 1U << 16;

bool stands_before(const Candidate& a, const Candidate& b) {
  return a.span.begin < b.span.begin;
}

}  // namespace

Result<SegmentSearch> SegmentSearch::create(const Database::Impl* database) {
  NOSHARE_TRY(WindowScan scan, WindowScan::create(&database->plan, database->kernel));
  return SegmentSearch(database, std::move(scan));
}

SegmentSearch::SegmentSearch(const Database::Impl* database, WindowScan scan)
    : scan_(std::move(scan)),
      evaluation_(database),
      recognizers_(database),
      weighing_(database),
      arbitration_(database) {}

void SegmentSearch::weigh(const std::vector<RawCandidate>& raws, std::uint32_t limit) {
  std::stable_sort(found_.begin(), found_.end(), stands_before);
  columns_.mark(found_, limit);
  for (Candidate& candidate : found_) {
    const RawCandidate* raw = candidate.raw == Candidate::kNoRaw
                                  ? nullptr
                                  : &raws[static_cast<std::size_t>(candidate.raw)];
    const int confidence = weighing_.confidence_of(candidate, raw, nullptr);
    candidate.confidence = static_cast<std::int16_t>(confidence);
    if (confidence >= kLeastConfidence) open_.push_back(candidate);
  }
  found_.clear();
}

bool SegmentSearch::search(const model::Segment& segment, Deadline deadline,
                           std::vector<RawCandidate>& raws,
                           std::vector<Candidate>& settled) {
  const std::string_view text = segment.text;
  recognized_.clear();
  open_.clear();
  found_.clear();
  if (!scan_.begin(text)) return false;
  weighing_.reset(segment, was_ascii());
  columns_.reset(text, segment.zone);
  bool in_time =
      recognizers_.run(segment, scan_, deadline, evaluation_, raws, recognized_);
  auto next = recognized_.begin();
  for (std::size_t done = 0; done < text.size() && in_time;) {
    done = std::min(text.size(), done + kStretchBytes);
    const auto limit = static_cast<std::uint32_t>(done);
    scan_.advance(limit, [&](std::uint32_t begin, std::span<const MatchEnd> ends) {
      evaluation_.add_matches(text, begin, ends, found_);
    });
    for (; next != recognized_.end() && next->span.begin < limit; ++next)
      found_.push_back(*next);
    if (found_.empty() && open_.empty()) continue;
    weigh(raws, limit);
    arbitration_.settle(limit, open_, settled);
    in_time = !deadline.expired();
  }
  found_.insert(found_.end(), next, recognized_.end());
  weigh(raws, static_cast<std::uint32_t>(text.size()));
  arbitration_.settle(UINT32_MAX, open_, settled);
  return in_time;
}

}  // namespace noshare::detect
