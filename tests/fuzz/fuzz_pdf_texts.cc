// Fuzz target: any bytes as a PDF, for our own walk over its strings and streams. The
// rest of a PDF is read by poppler.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/base/text.h"

#include "convert/pdf/stored_texts.h"

namespace {

class Checked final : public noshare::convert::Output {
 public:
  void put(const noshare::extract::Found& item) override {
    NOSHARE_ASSERT(noshare::is_valid_utf8(item.bytes));
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Checked out;
  noshare::convert::put_stored_texts(bytes, "told on a page: 4111 1111", out);
  return 0;
}
