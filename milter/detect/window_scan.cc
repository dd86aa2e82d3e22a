// Windows from landmarks and from the prefilter's hits.
#include "detect/window_scan.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kMostWidth =
    8192;  // an unbounded match begins at most so far back

void sort_and_merge(std::vector<model::Span>& windows) {
  std::sort(windows.begin(), windows.end(),
            [](const model::Span& a, const model::Span& b) { return a.begin < b.begin; });
  std::size_t kept = 0;
  for (const model::Span& window : windows) {
    if (kept > 0 && window.begin <= windows[kept - 1].end) {
      windows[kept - 1].end = std::max(windows[kept - 1].end, window.end);
    } else {
      windows[kept++] = window;
    }
  }
  windows.resize(kept);
}

// Many short numbers in a row with the same marks between them are a list or a dump, and
// no value: nobody could tell where it begins. Its ends are kept, for what stands beside.
struct ShortNumbers {
  std::uint32_t most_digits;
  std::size_t least_numbers;
};
constexpr ShortNumbers kLists[] = {{2, 64}, {3, 256}};
constexpr std::uint32_t kMostMarks = 4;  // between two of them
constexpr std::size_t kKeptAtEnds = 20;

void drop_lists(std::string_view text, const ShortNumbers& kind,
                std::vector<model::Span>& runs) {
  const auto is_short = [&](const model::Span& run) {
    return run.end - run.begin <= kind.most_digits;
  };
  const auto gap_after = [&](std::size_t run) {
    return text.substr(runs[run].end, runs[run + 1].begin - runs[run].end);
  };
  std::size_t kept = 0;
  for (std::size_t first = 0; first < runs.size();) {
    std::size_t last = first + 1;
    if (is_short(runs[first]) && last < runs.size() && is_short(runs[last]) &&
        gap_after(first).size() <= kMostMarks) {
      const std::string_view gap = gap_after(first);
      for (++last; last < runs.size() && is_short(runs[last]); ++last) {
        if (gap_after(last - 1) != gap) break;
      }
    }
    const bool list = last - first >= kind.least_numbers;
    for (std::size_t run = first; run < last; ++run) {
      if (!list || run - first < kKeptAtEnds || last - run <= kKeptAtEnds)
        runs[kept++] = runs[run];
    }
    // The last number of one list can be the first of another.
    first = list || last == first + 1 ? last : last - 1;
    if (first == last - 1) --kept;
  }
  runs.resize(kept);
}

std::uint32_t back(std::uint32_t at, std::uint32_t bytes) {
  return at > bytes ? at - bytes : 0;
}

void set_bits(std::vector<std::uint64_t>& bits, model::Span span) {
  constexpr auto kBits = static_cast<std::uint32_t>(kBlockBytes);
  const std::uint32_t first = span.begin / kBits, last = (span.end - 1) / kBits;
  const std::uint64_t from = ~low_bits(span.begin % kBits);
  const std::uint64_t to = ~std::uint64_t{0} >> (kBits - 1 - (span.end - 1) % kBits);
  if (first == last) {
    bits[first] |= from & to;
    return;
  }
  bits[first] |= from;
  std::fill(bits.begin() + first + 1, bits.begin() + last, ~std::uint64_t{0});
  bits[last] |= to;
}

}  // namespace

Result<WindowScan> WindowScan::create(const Plan* plan, BlockKernel kernel) {
  WindowScan scan;
  scan.plan_ = plan;
  scan.kernel_ = kernel;
  scan.windows_.resize(plan->groups.size());
  scan.clusters_of_.resize(plan->groups.size());
  for (std::uint32_t group : plan->clusters)
    scan.clusters_of_[group] = scan.clusters_for(plan->groups[group]);
  scan.choose_widest();
  NOSHARE_TRY(scan.scratch_, plan->prefilter.make_scratch());
  return scan;
}

// Of groups with windows of one kind, that which asks for the fewest landmarks has those
// of all others.
void WindowScan::choose_widest() {
  for (const OutlinedAutomaton& automaton : plan_->outlined) {
    const Group& group = plan_->groups[automaton.group];
    const auto alike = std::find_if(
        widest_outlined_.begin(), widest_outlined_.end(), [&](std::uint32_t number) {
          const Group& other = plan_->groups[number];
          return other.landmark == group.landmark && other.gap == group.gap &&
                 other.lead == group.lead && other.one_token == group.one_token;
        });
    if (alike == widest_outlined_.end()) {
      widest_outlined_.push_back(automaton.group);
    } else if (group.least < plan_->groups[*alike].least) {
      *alike = automaton.group;
    }
  }
}

void WindowScan::mark_outlined() {
  outlined_done_ = 0;
  outlined_windows_.assign(text_.size() / kBlockBytes + 1, 0);
  for (std::uint32_t number : widest_outlined_) {
    const Group& group = plan_->groups[number];
    std::uint32_t end = 0;
    for (const model::Span& cluster : clusters_[clusters_of_[number]].found) {
      set_bits(outlined_windows_, {first_start(group, cluster.begin, end), cluster.end});
      end = cluster.end;
    }
  }
}

std::uint32_t WindowScan::clusters_for(const Group& group) {
  const auto known =
      std::find_if(clusters_.begin(), clusters_.end(), [&](const Clusters& other) {
        return other.landmark == group.landmark && other.least == group.least &&
               other.gap == group.gap;
      });
  const auto number = static_cast<std::uint32_t>(known - clusters_.begin());
  if (known == clusters_.end())
    clusters_.push_back({group.landmark, group.least, group.gap, {}});
  return number;
}

// Runs of landmarks that stand close enough together and are enough.
void WindowScan::gather(Clusters& clusters) const {
  const auto& runs = regions_.runs[static_cast<std::size_t>(clusters.landmark)];
  clusters.found.clear();
  for (std::size_t next = 0; next < runs.size();) {
    model::Span cluster = runs[next++];
    std::uint32_t count = cluster.end - cluster.begin;
    for (; next < runs.size() && runs[next].begin - cluster.end <= clusters.gap; ++next) {
      count += runs[next].end - runs[next].begin;
      cluster.end = runs[next].end;
    }
    if (count >= clusters.least) clusters.found.push_back(cluster);
  }
}

bool WindowScan::begin(std::string_view text) {
  text_ = text;
  find_regions(text, plan_->wants, kernel_, regions_);
  auto& digits = regions_.runs[static_cast<std::size_t>(Landmark::kDigit)];
  for (const ShortNumbers& kind : kLists) {
    if (digits.size() >= kind.least_numbers) drop_lists(text, kind, digits);
  }
  for (std::uint32_t group : active_) {
    windows_[group].ready.clear();
    windows_[group].next = 0;
    windows_[group].current = {};
  }
  active_.clear();
  for (Clusters& clusters : clusters_) gather(clusters);
  for (std::uint32_t group : plan_->clusters) {
    if (plan_->groups[group].outlined) {
      windows_[group].next = 0;
    } else if (!clusters_[clusters_of_[group]].found.empty()) {
      active_.push_back(group);
    }
  }
  mark_outlined();
  if (!plan_->prefilter.scan(text, scratch_, hits_)) return false;
  file_hits();
  return true;
}

void WindowScan::add_window(std::uint32_t group, model::Span starts) {
  auto& ready = windows_[group].ready;
  if (ready.empty()) active_.push_back(group);
  ready.push_back(starts);
}

void WindowScan::file_hits() {
  const std::size_t literal_count = plan_->literals.size();
  for (const Prefilter::Hit& hit : hits_) {
    if (hit.id < literal_count) {
      const PlannedLiteral& literal = plan_->literals[hit.id];
      const auto begin = hit.end - static_cast<std::uint32_t>(literal.text.size());
      for (const LiteralUse& use : literal.uses) {
        if (use.group != LiteralUse::kNoGroup)
          add_window(use.group, {back(begin, use.lead), begin + 1});
      }
      continue;
    }
    const std::uint32_t expression = plan_->everywhere[hit.id - literal_count];
    const Width width = plan_->expressions[expression].width;
    const model::Span starts{back(hit.end, std::min(width.most, kMostWidth)),
                             hit.end - width.least + 1};
    add_window(plan_->group_of[expression], starts);
  }
  for (std::uint32_t group : active_) sort_and_merge(windows_[group].ready);
}

bool WindowScan::next_window(std::uint32_t number, Windows& windows) const {
  const Group& group = plan_->groups[number];
  if (group.kind != Requirement::Kind::kCluster) {
    if (windows.next == windows.ready.size()) return false;
    windows.current = windows.ready[windows.next++];
    return true;
  }
  const auto& clusters = clusters_[clusters_of_[number]].found;
  if (windows.next == clusters.size()) return false;
  const model::Span cluster = clusters[windows.next++];
  windows.current = {first_start(group, cluster.begin, windows.current.end), cluster.end};
  return true;
}

// Where the earliest match can begin whose first landmark stands at `at`; what stands
// before `least` was tried.
std::uint32_t WindowScan::first_start(const Group& group, std::uint32_t at,
                                      std::uint32_t least) const {
  const std::uint32_t earliest = std::max(back(at, group.lead), least);
  if (!group.one_token) return earliest;
  while (at > earliest && !is_ascii_space(text_[at - 1])) --at;
  return at;
}

// Asked for in rising order, of an outlined group.
bool WindowScan::in_window_of(std::uint32_t number, std::uint32_t at) {
  const Group& group = plan_->groups[number];
  const auto& found = clusters_[clusters_of_[number]].found;
  std::size_t& next = windows_[number].next;
  while (next < found.size() && found[next].end <= at) ++next;
  if (next == found.size()) return false;
  const std::uint32_t begin = found[next].begin;
  return begin <= at || first_start(group, begin, at) == at;
}

}  // namespace noshare::detect
