// Building and chaining of offset maps. See mapped_text.h.
#include "extract/mapped_text.h"

#include <algorithm>
#include <functional>
#include <unordered_set>
#include <utility>

#include "noshare/base/text.h"

namespace noshare::extract {

using model::OffsetMap;

void TextBuilder::append(const MappedText& piece, std::size_t origin,
                         std::size_t origin_size) {
  if (mapped_ && !piece.text.empty()) {
    const auto base = static_cast<std::uint32_t>(origin);
    if (piece.map.is_identity()) {
      map_.add(size32(), base, piece.text.size() == origin_size);
    }
    for (const OffsetMap::Run& run : piece.map.runs()) {
      if (run.text < piece.text.size()) {
        map_.add(size32() + run.text, base + run.source, run.linear);
      }
    }
  }
  text_.append(piece.text);
}

MappedText TextBuilder::finish(std::size_t origin_end) {
  if (mapped_) map_.add(size32(), static_cast<std::uint32_t>(origin_end), true);
  const bool identity =
      map_.runs().size() == 1 && map_.runs().front() == OffsetMap::Run{0, 0, true};
  MappedText result{std::exchange(text_, {}), std::exchange(map_, {})};
  if (identity) result.map = {};
  return result;
}

void append_new_lines(std::string_view text, std::string_view other, TextBuilder& out) {
  std::unordered_set<std::string_view> known;
  std::unordered_set<std::size_t> known_pairs;  // lines one behind the other
  const auto pair_of = [hash = std::hash<std::string_view>()](std::string_view first,
                                                              std::string_view second) {
    return hash(first) * 31 + hash(second);
  };
  std::string_view last;
  for (std::string_view line : split(other, '\n')) {
    known.insert(line);
    if (line.empty()) continue;
    known_pairs.insert(pair_of(std::exchange(last, line), line));
  }
  const auto put = [&](std::string_view line) {
    const auto at = static_cast<std::size_t>(line.data() - text.data());
    out.copy(line, at);
    out.replace("\n", at + line.size());
  };
  std::string_view before;  // a line that is known, and may say what the next one is
  last = {};
  for (std::string_view line : split(text, '\n')) {
    // Something else stood between two lines that are known.
    const std::string_view previous = line.empty() ? line : std::exchange(last, line);
    const bool joined = !previous.empty() && known.contains(previous) &&
                        !known_pairs.contains(pair_of(previous, line));
    if (known.contains(line) && !joined) {
      before = line;
      continue;
    }
    constexpr std::size_t kContext = 80;
    std::size_t from = before.size() - std::min(before.size(), kContext);
    while (from > 0 && from < before.size() && before[from] != ' ') ++from;
    if (from < before.size()) put(before.substr(from));
    before = {};
    put(line);
  }
}

OffsetMap compose(const OffsetMap& outer, const OffsetMap& inner, std::size_t text_size) {
  if (outer.is_identity()) return inner;
  if (inner.is_identity()) return outer;
  OffsetMap result;
  const auto& steps = inner.runs();
  const auto& runs = outer.runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const OffsetMap::Run& run = runs[i];
    if (!run.linear) {
      result.add(run.text, inner.source_begin(run.source), false);
      continue;
    }
    const auto run_end =
        i + 1 < runs.size() ? runs[i + 1].text : static_cast<std::uint32_t>(text_size);
    const std::uint32_t middle_end = run.source + (run_end - run.text);
    // The inner run that holds this run's first byte, then those that begin inside it.
    auto step = std::upper_bound(steps.begin(), steps.end(), run.source,
                                 [](std::uint32_t at, const OffsetMap::Run& inner_run) {
                                   return at < inner_run.text;
                                 });
    if (step != steps.begin()) --step;
    result.add(run.text, inner.source_begin(run.source), step->linear);
    for (++step; step < steps.end() && step->text < middle_end; ++step) {
      if (step->text <= run.source) continue;
      result.add(run.text + (step->text - run.source), step->source, step->linear);
    }
  }
  return result;
}

std::uint32_t text_offset(const OffsetMap& map, std::uint32_t source,
                          std::size_t text_size) {
  if (map.is_identity()) return source;
  const auto& runs = map.runs();
  auto next = std::upper_bound(
      runs.begin(), runs.end(), source,
      [](std::uint32_t at, const OffsetMap::Run& run) { return at < run.source; });
  const auto limit =
      next == runs.end() ? static_cast<std::uint32_t>(text_size) : next->text;
  if (next == runs.begin()) return limit;
  const OffsetMap::Run& run = *std::prev(next);
  if (!run.linear) return run.source == source ? run.text : limit;
  return std::min(limit, run.text + (source - run.source));
}

}  // namespace noshare::extract
