// Fuzz target: any bytes as an attached document, of whatever type they look like.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/base/text.h"
#include "noshare/extract/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  noshare::extract::Options options;
  options.limits.unpacked_bytes = 4U << 20U;  // what is wanted here is breadth
  options.limits.part_bytes = 4U << 20U;
  const auto extracted = noshare::extract::extract_file(
      bytes, "file", options, noshare::Deadline::after(noshare::Milliseconds(5000)));
  for (const noshare::model::Segment& segment : extracted.segments) {
    NOSHARE_ASSERT(noshare::is_valid_utf8(segment.text));
    NOSHARE_ASSERT(noshare::is_valid_utf8(segment.path));
  }
  return 0;
}
