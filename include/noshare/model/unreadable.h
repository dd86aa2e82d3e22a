// Unreadable: a part that could not be read, and why. What was not read is never clean.
#pragma once

#include <cstdint>
#include <string>

namespace noshare::model {

enum class UnreadableReason : std::uint8_t {
  kEncrypted,
  kCorrupt,
  kUnsupported,
  kTooLarge,
  kTooDeep,
  kTooMany,
  kTimedOut,
  kOutOfMemory,
  kWorkerDied,
  kAmbiguous,  // mail programs disagree on how to read it
  kMedia,  // a picture, sound, film or font: shows or plays, but holds no text to read
};
inline constexpr int kUnreadableReasonCount = 11;

const char* name(
    UnreadableReason reason) noexcept;  // "timed_out", as in rules and reports
bool unreadable_reason_from_name(const char* text, UnreadableReason& reason) noexcept;

struct Unreadable {
  std::string part;  // as in Segment; "" for the whole message
  std::string path;
  UnreadableReason reason = UnreadableReason::kCorrupt;
  std::string detail;  // what was seen, without content: "application/pdf", "bad base64"
  bool operator==(const Unreadable&) const = default;
};

}  // namespace noshare::model
