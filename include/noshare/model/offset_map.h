// OffsetMap: where each piece of a changed text stood before.
//
// Text is changed on its way to the detector (entities decoded, zero-width characters
// removed, digits folded). The map leads an offset in the new text back to the old one.
// Both sides are byte offsets. Runs of equal bytes cost one entry; an empty map is the
// identity. A map that is not empty is closed by add(text.size(), source.size()).
#pragma once

#include <cstdint>
#include <vector>

namespace noshare::model {

class OffsetMap {
 public:
  struct Run {
    std::uint32_t text;    // first byte of the run in the new text
    std::uint32_t source;  // where that byte came from
    bool linear;  // each further byte comes from the next one; else all from `source`
    bool operator==(const Run&) const = default;
  };

  // Runs must be added in rising order of `text`. A run that continues the last one is
  // merged.
  void add(std::uint32_t text, std::uint32_t source, bool linear = true);
  // Forgets what leads from byte `text` on.
  void cut(std::uint32_t text);
  bool is_identity() const { return runs_.empty(); }

  // The source offset of byte `text`; `source_end(text)` is where the source of the bytes
  // before `text` ends: use the first for a span's begin and the second for its end.
  std::uint32_t source_begin(std::uint32_t text) const;
  std::uint32_t source_end(std::uint32_t text_end) const;

  const std::vector<Run>& runs() const { return runs_; }
  bool operator==(const OffsetMap&) const = default;

 private:
  std::vector<Run> runs_;
};

}  // namespace noshare::model
