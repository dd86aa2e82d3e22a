// Limits: how much one message may cost. Reaching one makes an Unreadable, never a
// silence.
#pragma once

#include <cstdint>

#include "noshare/base/clock.h"

namespace noshare {

struct Limits {
  Milliseconds scan_time{60'000};  // whole message; then Unreadable{timed_out}
  std::uint64_t message_bytes = 256ULL
                                << 20;      // larger messages are Unreadable{too_large}
  std::uint64_t text_bytes = 512ULL << 20;  // decoded text of all parts together
  std::uint64_t part_bytes = 128ULL << 20;  // decoded bytes of one part
  std::uint64_t unpacked_bytes = 256ULL
                                 << 20;      // all that one message's archives unpack to
  std::uint32_t parts = 10'000;              // MIME parts and files in archives together
  std::uint32_t passwords = 64;              // words tried as passwords of zip files
  std::uint32_t depth = 64;                  // nested multiparts and messages
  std::uint32_t findings = 10'000;           // findings kept in full; the rest is counted
  std::uint64_t worker_memory = 1ULL << 30;  // address space beyond the shared pages
  Milliseconds converter_time{20'000};       // one file in a converter
  std::uint64_t converter_memory = 512ULL << 20;  // the same, beyond what it starts with
  bool ocr = false;  // whether pictures are read for their text, which takes seconds
  Milliseconds ocr_time{20'000};  // for all pictures of one message
};

}  // namespace noshare
