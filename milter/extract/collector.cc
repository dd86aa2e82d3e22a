// Limits and folding on the way into Extracted. See collector.h.
#include "extract/collector.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/account_view.h"
#include "extract/disguise/address_view.h"
#include "extract/disguise/cipher_view.h"
#include "extract/disguise/digit_view.h"
#include "extract/disguise/mirror_view.h"
#include "extract/disguise/signal_view.h"
#include "extract/disguise/spaced_view.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {

using model::UnreadableReason;

namespace {

// The views one behind the other.
MappedText joined(std::initializer_list<MappedText> views, bool mapped,
                  std::size_t origin_end) {
  TextBuilder all(mapped);
  for (const MappedText& view : views) all.append(view, 0, origin_end);
  return all.finish(origin_end);
}

}  // namespace

bool Collector::time_left() {
  if (said_time_) return false;
  if (!deadline_.expired()) return true;
  said_time_ = true;
  add_unreadable("", "", UnreadableReason::kTimedOut, "the time for one message is up");
  return false;
}

bool Collector::count_part() {
  if (++parts_ <= limits().parts) return true;
  if (!std::exchange(said_parts_, true)) {
    add_unreadable("", "", UnreadableReason::kTooMany, "more parts than allowed");
  }
  return false;
}

void Collector::add_text(const std::string& part, const std::string& path,
                         model::Zone zone, MappedText text,
                         std::vector<model::Region> regions) {
  if (!add_segment(part, path, zone, std::move(text), std::move(regions))) return;
  const std::size_t index = extracted_.segments.size() - 1;
  if (zone == model::Zone::kHeader) {
    const std::string& header = extracted_.segments[index].text;
    const Cues cues = cues_around(header, header.size(), header.size());
    if (!cues.card && !cues.identity) return;
  }
  add_meant(index);
  if (!time_left()) return;
  const model::Segment& added = extracted_.segments[index];
  MappedText shown = joined({mirror_view(added.source_text(), maps()),
                             cipher_view(added.source_text(), maps())},
                            maps(), added.source_text().size());
  if (shown.text.empty()) return;
  if (maps()) shown.map = compose(shown.map, added.to_part, shown.text.size());
  if (add_segment(part, path + std::string(kAsShown), zone, std::move(shown), {})) {
    add_meant(extracted_.segments.size() - 1);
  }
}

// Adds what the text of a segment means where it is written in disguise.
void Collector::add_meant(std::size_t index) {
  const model::Segment& segment = extracted_.segments[index];
  const std::string& text = segment.text;
  MappedText meant = joined(
      {digit_view(text, maps()), account_view(text, maps()), spaced_view(text, maps()),
       address_view(text, maps()), signal_view(text, maps())},
      maps(), text.size());
  if (meant.text.empty()) return;
  if (maps()) {
    meant.map = compose(meant.map, segment.to_source, meant.text.size());
    meant.map = compose(meant.map, segment.to_part, meant.text.size());
  }
  if (add_segment(segment.part, segment.path + std::string(kAsMeant), segment.zone,
                  std::move(meant), {})) {
    extracted_.segments.back().guessed = true;
  }
}

bool Collector::add_segment(const std::string& part, const std::string& path,
                            model::Zone zone, MappedText text,
                            std::vector<model::Region> regions) {
  if (trimmed(text.text).empty()) return false;
  const std::uint64_t used = extracted_.text_bytes + text.text.size();
  if (used > limits().text_bytes) {
    if (!std::exchange(said_text_, true)) {
      add_unreadable(part, path, UnreadableReason::kTooLarge, "more text than allowed");
    }
    return false;
  }
  extracted_.text_bytes = used;
  model::Segment segment;
  segment.part = part;
  segment.path = path;
  segment.zone = zone;
  segment.text = std::move(text.text);
  segment.to_part = std::move(text.map);
  segment = fold(std::move(segment));
  for (model::Region& region : regions) {
    region.span.begin =
        text_offset(segment.to_source, region.span.begin, segment.text.size());
    region.span.end =
        text_offset(segment.to_source, region.span.end, segment.text.size());
  }
  segment.regions = std::move(regions);
  extracted_.segments.push_back(std::move(segment));
  return true;
}

void Collector::add_unreadable(const std::string& part, const std::string& path,
                               UnreadableReason reason, std::string_view detail) {
  extracted_.unreadable.push_back({part, path, reason, std::string(detail)});
}

void Collector::set_input_size(std::uint64_t bytes) {
  // Ordinary files are packed to a twentieth at best, small ones to less; bombs to a
  // thousandth.
  constexpr std::uint64_t kMostRatio = 20;
  constexpr std::uint64_t kAlways = 16ULL << 20U;
  unpack_left_ = std::min(limits().unpacked_bytes, kAlways + kMostRatio * bytes);
}

bool Collector::set_aside(LockedFile file) {
  constexpr std::uint64_t kMostBytes = 32ULL << 20U;
  if (limits().passwords == 0 || locked_bytes_ + file.bytes.size() > kMostBytes) {
    return false;
  }
  locked_bytes_ += file.bytes.size();
  locked_.push_back(std::move(file));
  return true;
}

std::vector<LockedFile> Collector::take_locked() { return std::exchange(locked_, {}); }

}  // namespace noshare::extract
