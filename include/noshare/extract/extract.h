// extract: hostile bytes to text, saying what it could not read.
//
// In:  a message as the mail server has it (RFC 5322, 2045-2049, 2047, 2231), any bytes
// at all Out: Segments to search, Unreadables, and the facts about the message that
// policy needs Broken mail is no error: whatever can be read is read, the rest is an
// Unreadable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/limits.h"
#include "noshare/base/sensitive.h"
#include "noshare/model/segment.h"
#include "noshare/model/unreadable.h"

namespace noshare::extract {

// Behind the path of a segment that says once more, as it is meant, what another segment
// writes in disguise; it repeats the words before each place.
inline constexpr std::string_view kAsMeant = " (as meant)";

// A person as a header names them. Personal data: stays in the worker.
struct Participant {
  Sensitive address;  // normalised_address() form; may be empty
  Sensitive name;     // display name, decoded; may be empty
  bool author;        // from From or Sender
};

struct Extracted {
  std::vector<model::Segment> segments;
  std::vector<model::Unreadable> unreadable;
  std::vector<Participant> participants;
  std::string message_id;  // printable ASCII, at most 256 bytes
  std::string
      stable_content;  // what a retry of the same message repeats: for its fingerprint
  bool encrypted = false;
  bool is_signed = false;
  std::uint64_t text_bytes = 0;
};

class Converter;

struct Options {
  Limits limits;
  Converter* converter = nullptr;  // of PDF, old Office files and pictures; may be none
  bool map_to_part = false;        // fill Segment::to_part, for redaction
};

// A mail message. `bytes` must outlive nothing: the result owns its data.
Extracted extract_message(std::string_view bytes, const Options& options,
                          Deadline deadline);

// Plain text, as `noshare scan --as text` and --batch give it: one body segment.
Extracted extract_text(std::string_view bytes, const Options& options);

// A file that is no message (`--as file`): its type is sniffed from content, `name` is
// scanned.
Extracted extract_file(std::string_view bytes, std::string_view name,
                       const Options& options, Deadline deadline);

// Text as the detector wants it: digits and spaces of all scripts folded to ASCII,
// zero-width characters removed, with the map back. ASCII text passes without a copy of
// the map.
model::Segment fold(model::Segment segment);

}  // namespace noshare::extract
