// Fuzz target: any bytes as a picture with texts in it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"

#include "extract/pictures/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  NOSHARE_ASSERT(noshare::extract::picture_text(bytes).size() < 256U << 20U);
  return 0;
}
