// The order of work in one segment.
#include "detect/segment_search.h"

#include <algorithm>

namespace noshare::detect {
namespace {

// The first stretches are short, so that a table's columns show early what they hold.
constexpr std::size_t kFirstStretchBytes = 1U << 12;
constexpr std::size_t kMostStretchBytes = 1U << 16;

bool stands_before(const Candidate& a, const Candidate& b) {
  return a.span.begin < b.span.begin;
}

// Sorts what consists of a few sorted runs, one of each group of expressions.
void merge_runs(std::vector<Candidate>& found) {
  std::vector<std::ptrdiff_t> ends;
  for (auto run = found.begin(); run != found.end();) {
    run = std::is_sorted_until(run, found.end(), stands_before);
    ends.push_back(run - found.begin());
  }
  for (std::size_t step = 1; step < ends.size(); step *= 2) {
    for (std::size_t first = 0; first + step < ends.size(); first += 2 * step) {
      const std::size_t last = std::min(first + 2 * step, ends.size()) - 1;
      const auto begin = first == 0 ? 0 : ends[first - 1];
      std::inplace_merge(found.begin() + begin, found.begin() + ends[first + step - 1],
                         found.begin() + ends[last], stands_before);
    }
  }
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
      columns_(database->patterns.size()),
      weighing_(database),
      arbitration_(database) {}

void SegmentSearch::weigh(const std::vector<RawCandidate>& raws, std::uint32_t limit) {
  merge_runs(found_);
  columns_.mark(found_, limit);
  for (Candidate& candidate : found_) {
    const RawCandidate* raw = candidate.raw == Candidate::kNoRaw
                                  ? nullptr
                                  : &raws[static_cast<std::size_t>(candidate.raw)];
    const int confidence = weighing_.confidence_of(candidate, raw, nullptr);
    candidate.confidence = static_cast<std::int16_t>(confidence);
    candidate.labelled = weighing_.labelled();
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
  tables_.reset(text, segment.zone);
  weighing_.reset(segment, was_ascii(), &tables_);
  columns_.reset(text, &tables_);
  bool in_time =
      recognizers_.run(segment, scan_, deadline, evaluation_, raws, recognized_);
  auto next = recognized_.begin();
  std::size_t stretch = kFirstStretchBytes;
  for (std::size_t done = 0; done < text.size() && in_time;) {
    done = std::min(text.size(), done + stretch);
    stretch = std::min(2 * stretch, kMostStretchBytes);
    const auto limit = static_cast<std::uint32_t>(done);
    scan_.advance(limit, [&](std::uint32_t begin, std::span<const MatchEnd> ends) {
      evaluation_.add_matches(text, begin, ends, {weighing_, columns_}, found_);
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
