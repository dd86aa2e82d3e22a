// Fuzz target: any bytes as a message, read with maps, and a text of it masked.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/base/text.h"
#include "noshare/extract/extract.h"
#include "noshare/extract/redact.h"

namespace {

using noshare::extract::Extracted;

// What must hold for every segment, whatever the message was.
void check(const Extracted& extracted) {
  for (const noshare::model::Segment& segment : extracted.segments) {
    NOSHARE_ASSERT(noshare::is_valid_utf8(segment.text));
    const auto size = static_cast<std::uint32_t>(segment.text.size());
    NOSHARE_ASSERT(segment.to_source.source_end(size) <= segment.source_text().size());
    std::uint32_t last = 0;
    for (const noshare::model::Region& region : segment.regions) {
      NOSHARE_ASSERT(region.span.begin >= last && region.span.end >= region.span.begin);
      NOSHARE_ASSERT(region.span.end <= size);
      last = region.span.end;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto deadline = noshare::Deadline::after(noshare::Milliseconds(5000));
  const Extracted extracted = noshare::extract::extract_message(bytes, {}, deadline);
  check(extracted);
  std::vector<noshare::model::MaskTarget> targets;
  for (const noshare::model::Segment& segment : extracted.segments) {
    targets.push_back({segment.part, segment.path, segment.zone, 1, 9});
  }
  (void)noshare::extract::redact_message(bytes, targets, {}, deadline);
  if (!targets.empty()) {
    (void)noshare::extract::redact_message(bytes, {targets.back()}, {}, deadline);
  }
  return 0;
}
