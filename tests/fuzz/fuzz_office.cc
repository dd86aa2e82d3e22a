// Fuzz target: any bytes as an old Office file, and each of its streams by itself.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/extract/office.h"

#include "extract/office/cell_value.h"
#include "extract/office/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace extract = noshare::extract;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t given = 0;
  const extract::FoundSink sink = [&](const extract::Found& found) {
    given += found.bytes.size();
  };
  extract::read_office(bytes, sink);
  const extract::OfficeOutput out(sink, "");
  extract::read_workbook(bytes, out);
  extract::read_slides(bytes, out);
  extract::read_word(bytes, bytes, bytes, out);
  (void)extract::property_text(bytes);
  (void)extract::shown_digits(12345, bytes);
  (void)extract::is_date_format(0, bytes);
  NOSHARE_ASSERT(given <= 8 * extract::kMostOfficeText);
  return 0;
}
