#include "config/content_version.h"

#include "noshare/base/assert.h"
#include "noshare/base/fingerprint.h"

namespace noshare::config {

namespace {
constexpr std::size_t kVersionDigits = 12;
}

std::string content_version(std::string_view text) {
  // HMAC-SHA-256 under a public key is a digest like any other.
  const auto key = FingerprintKey::from_bytes("noshare version of a file's text");
  NOSHARE_ASSERT(key.has_value());
  return key->of("version", text).hex().substr(0, kVersionDigits);
}

}  // namespace noshare::config
