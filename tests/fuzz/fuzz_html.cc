// Fuzz target: any bytes as an HTML file.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/base/text.h"
#include "noshare/extract/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  noshare::extract::Options options;
  options.map_to_part = true;
  const auto extracted = noshare::extract::extract_file(
      "<html>" + std::string(bytes), "page.html", options, noshare::Deadline::never());
  for (const noshare::model::Segment& segment : extracted.segments) {
    NOSHARE_ASSERT(noshare::is_valid_utf8(segment.text));
    const auto end = static_cast<std::uint32_t>(segment.source_text().size());
    NOSHARE_ASSERT(segment.to_part.is_identity() ||
                   segment.to_part.source_end(end) <= bytes.size() + 6);
  }
  return 0;
}
