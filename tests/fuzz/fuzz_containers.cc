// Fuzz target: any bytes as a zip file, as a signed message, and as a file of any type.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "noshare/base/assert.h"
#include "noshare/extract/extract.h"

#include "extract/cms.h"
#include "extract/containers/zip_members.h"
#include "extract/disguise/digit_view.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostMembers = 100;
  constexpr std::size_t kMostBytes = 1U << 16U;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto zip = noshare::extract::list_zip(bytes, kMostMembers);
  NOSHARE_ASSERT(zip.members.size() <= kMostMembers);
  for (const auto& member : zip.members) {
    NOSHARE_ASSERT(noshare::extract::unpack(member, kMostBytes).bytes.size() <=
                   kMostBytes);
  }
  (void)noshare::extract::signed_content(bytes);
  (void)noshare::extract::digit_view(bytes, true);
  noshare::extract::Options options;
  options.limits.unpacked_bytes = 1U << 20U;
  (void)noshare::extract::extract_file(
      bytes, "a.bin", options, noshare::Deadline::after(noshare::Milliseconds(5000)));
  return 0;
}
