#include "noshare/model/offset_map.h"

#include <algorithm>

namespace noshare::model {

namespace {

// The run that byte `text` lies in, or nullptr before the first one.
const OffsetMap::Run* run_of(const std::vector<OffsetMap::Run>& runs,
                             std::uint32_t text) {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), text,
                       [](std::uint32_t at, const auto& run) { return at < run.text; });
  return after == runs.begin() ? nullptr : &*std::prev(after);
}

std::uint32_t source_of(const OffsetMap::Run& run, std::uint32_t text) {
  return run.linear ? run.source + (text - run.text) : run.source;
}

}  // namespace

void OffsetMap::add(std::uint32_t text, std::uint32_t source, bool linear) {
  if (!runs_.empty()) {
    const Run& last = runs_.back();
    if (last.linear == linear && source_of(last, text) == source) return;
    if (last.text == text) runs_.pop_back();
  }
  runs_.push_back({text, source, linear});
}

void OffsetMap::cut(std::uint32_t text) {
  while (!runs_.empty() && runs_.back().text >= text) runs_.pop_back();
}

std::uint32_t OffsetMap::source_begin(std::uint32_t text) const {
  const Run* run = run_of(runs_, text);
  return run == nullptr ? text : source_of(*run, text);
}

std::uint32_t OffsetMap::source_end(std::uint32_t text_end) const {
  if (text_end == 0 || runs_.empty()) return source_begin(text_end);
  const Run* run = run_of(runs_, text_end - 1);
  if (run == nullptr) return text_end;
  if (run->linear) return source_of(*run, text_end - 1) + 1;
  // Several bytes that stand for one place end where the next run begins.
  const Run* next = run + 1;
  const bool is_last = next == runs_.data() + runs_.size();
  return is_last ? run->source : std::max(next->source, run->source);
}

}  // namespace noshare::model
