// Fuzz target: any bytes as what a converter sends, and as a request to one.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"

#include "convert/packets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace convert = noshare::convert;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto packet = convert::decode_packet(bytes)) {
    if (packet->kind == convert::PacketKind::kHead) {
      NOSHARE_ASSERT(convert::encode_head(packet->item) == bytes);
    }
  }
  if (const auto request = convert::decode_request(bytes)) {
    NOSHARE_ASSERT(convert::decode_request(convert::encode(*request)));
  }
  return 0;
}
