// The second pass: every match that begins in a window.
//
// In:  text, a Plan     Out: for each place where matches begin, all their ends
// Work is done in stretches of the text, so that memory for matches stays small and
// deadlines are noticed. Holds working memory: one per thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "detect/plan.h"
#include "detect/region_finder.h"

namespace noshare::detect {

struct MatchEnd {
  std::uint32_t end = 0;
  std::uint32_t list = 0;  // of the expressions that end there: Plan::lists
};

class WindowScan {
 public:
  static Result<WindowScan> create(const Plan* plan, BlockKernel kernel);

  // The first pass. False when the pattern engine failed.
  bool begin(std::string_view text);

  // Tries every window's places before `limit` that were not tried yet. Calls
  // on_start(begin, ends): ends in rising order, right edges hold. The same place may
  // come once per group.
  template <class OnStart>
  void advance(std::uint32_t limit, OnStart&& on_start);

  const Regions& regions() const { return regions_; }
  const std::vector<Prefilter::Hit>& hits() const { return hits_; }

 private:
  // The windows of one group: stretches in which its matches may begin.
  struct Windows {
    std::vector<model::Span> ready;  // kLiteral, kEverywhere: all, merged
    std::size_t next = 0;            // index into `ready`, or into the clusters
    model::Span current;             // what is left of the window at hand
  };

  // Landmarks that stand close together, from the first to the last: what groups ask for.
  struct Clusters {
    Landmark landmark = Landmark::kDigit;
    std::uint32_t least = 0, gap = 0;
    std::vector<model::Span> found;  // with at least `least` landmarks each
  };

  WindowScan() = default;
  std::uint32_t clusters_for(const Group& group);
  void gather(Clusters& clusters) const;
  void choose_widest();
  void mark_outlined();
  void file_hits();
  void add_window(std::uint32_t group, model::Span starts);
  bool next_window(std::uint32_t number, Windows& windows) const;
  std::uint32_t first_start(const Group& group, std::uint32_t at,
                            std::uint32_t least) const;
  bool in_window_of(std::uint32_t number, std::uint32_t at);
  template <class OnStart>
  void try_window(const Group& group, model::Span starts, OnStart& on_start);
  std::uint64_t places_in(const Group::Starts& can_start, config::Edges edges,
                          std::uint32_t block) const;
  bool left_edge_stands(std::uint32_t at, config::Edges edges) const;
  template <class OnStart>
  void try_start(const Group& group, std::uint32_t at, OnStart& on_start);
  template <class OnStart>
  void try_outlined(std::uint32_t limit, OnStart& on_start);
  template <class OnStart>
  void try_outlined_at(std::uint32_t at, OnStart& on_start);
  void add_ends(const Group& group, std::uint32_t automaton, std::uint32_t at);

  const Plan* plan_ = nullptr;
  BlockKernel kernel_ = nullptr;
  Prefilter::Scratch scratch_;
  std::string_view text_;
  Regions regions_;
  std::vector<Prefilter::Hit> hits_;
  std::vector<Clusters> clusters_;
  std::vector<std::uint32_t> clusters_of_;  // per group, into clusters_
  std::vector<Windows> windows_;            // per group
  std::vector<std::uint32_t> active_;       // groups that have windows in this text
  // The outlined groups are tried together, place by place.
  std::vector<std::uint32_t> widest_outlined_;   // their windows are all there are
  std::vector<std::uint64_t> outlined_windows_;  // a bit per byte of the text
  std::uint32_t outlined_done_ = 0;              // places before were tried
  std::vector<MatchEnd> ends_;
};

}  // namespace noshare::detect

#include "detect/window_scan.inc"
