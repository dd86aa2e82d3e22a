// What the tests of extract share: reading a message, and looking for text in it.
#pragma once

#include <string>
#include <string_view>

#include "noshare/extract/extract.h"

namespace noshare::extract {

inline Extracted read(std::string_view message, Options options = {}) {
  return extract_message(message, options, Deadline::after(Milliseconds(20'000)));
}

// A file of that name.
inline Extracted read_as(const std::string& name, const std::string& bytes) {
  return extract_file(bytes, name, {}, Deadline::never());
}

// The first segment of that zone whose text holds `text`, or null.
inline const model::Segment* find_text(const Extracted& extracted, model::Zone zone,
                                       std::string_view text) {
  for (const model::Segment& segment : extracted.segments) {
    if (segment.zone == zone && segment.text.find(text) != std::string::npos)
      return &segment;
  }
  return nullptr;
}

inline const model::Unreadable* find_unreadable(const Extracted& extracted,
                                                model::UnreadableReason reason) {
  for (const model::Unreadable& unreadable : extracted.unreadable) {
    if (unreadable.reason == reason) return &unreadable;
  }
  return nullptr;
}

}  // namespace noshare::extract
