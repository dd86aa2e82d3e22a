// MappedText: text made from other bytes, and the way back to them.
//
// In:  pieces that are copied, replaced or left out, in order     Out: UTF-8 and an
// OffsetMap Every step of reading (charset, entities, joined lines, folding) makes one;
// compose() chains two steps. The map costs time, so it is only kept when asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/model/offset_map.h"

namespace noshare::extract {

struct MappedText {
  std::string text;
  model::OffsetMap map;  // text to origin; empty is the identity
};

class TextBuilder {
 public:
  explicit TextBuilder(bool mapped) : mapped_(mapped) {}

  // Appends bytes that stand at `origin` in just this form.
  void copy(std::string_view bytes, std::size_t origin) {
    if (bytes.empty()) return;
    if (mapped_) map_.add(size32(), static_cast<std::uint32_t>(origin), true);
    text_.append(bytes);
  }
  // Appends bytes that are written otherwise at `origin`.
  void replace(std::string_view bytes, std::size_t origin) {
    if (bytes.empty()) return;
    if (mapped_) map_.add(size32(), static_cast<std::uint32_t>(origin), false);
    text_.append(bytes);
  }

  // `bytes` stand at `origin` as they are, or (not `verbatim`) in another form.
  void put(std::string_view bytes, std::size_t origin, bool verbatim) {
    verbatim ? copy(bytes, origin) : replace(bytes, origin);
  }
  void clear() {
    text_.clear();
    map_ = {};
  }
  void pop_back() {
    text_.pop_back();
    if (mapped_) map_.cut(size32());
  }

  // Appends another step's result whose origin starts at `origin`.
  void append(const MappedText& piece, std::size_t origin, std::size_t origin_size);

  const std::string& text() const { return text_; }
  std::size_t size() const { return text_.size(); }
  void reserve(std::size_t bytes) { text_.reserve(bytes); }

  // What was built; `origin_end` is where the origin ends. The builder is empty
  // afterwards.
  MappedText finish(std::size_t origin_end);

 private:
  std::uint32_t size32() const { return static_cast<std::uint32_t>(text_.size()); }
  std::string text_;
  model::OffsetMap map_;
  bool mapped_;
};

// Appends the lines of `text` that `other` lacks, or has apart: what a second reading of
// the same brings.
void append_new_lines(std::string_view text, std::string_view other, TextBuilder& out);

// From `outer` (new text to middle) and `inner` (middle to origin) the way from new to
// origin. `text_size` is the size of the new text.
model::OffsetMap compose(const model::OffsetMap& outer, const model::OffsetMap& inner,
                         std::size_t text_size);

// The first offset of the new text that comes from `source` or later: the map read
// backwards.
std::uint32_t text_offset(const model::OffsetMap& map, std::uint32_t source,
                          std::size_t text_size);

}  // namespace noshare::extract
