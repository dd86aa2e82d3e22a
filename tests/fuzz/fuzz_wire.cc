// The wire form (noshare/model/wire.h): what a captured worker may answer.
//
// Whatever is accepted must be what the encoder writes, byte for byte.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/model/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noshare::model;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto report = decode_scan_report(bytes)) {
    NOSHARE_ASSERT(encode(*report) == bytes);
  }
  if (const auto report = decode_redact_report(bytes)) {
    NOSHARE_ASSERT(encode(*report) == bytes);
  }
  if (const auto request = decode_scan_request(bytes)) {
    NOSHARE_ASSERT(encode(*request) == bytes);
  }
  return 0;
}
