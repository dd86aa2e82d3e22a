// Text and numbers as libsodium takes them, fingerprints as SQLite does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"

namespace noshare::store {

inline unsigned char* as_bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
inline const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view bytes_of(const Fingerprint& value);
// Of each; views into `values`.
std::vector<std::string_view> bytes_of(const std::vector<Fingerprint>& values);
// Null if `bytes` are not those of a fingerprint.
Fingerprint fingerprint_of(std::string_view bytes);

// Must succeed before anything of libsodium is used. Cheap when it has been called
// before. Errors: kInternal without a source of random bytes.
Result<void> start_sodium();

// RFC 4648 section 4, with padding.
std::string to_base64(std::string_view bytes);
// Errors: kInvalidInput.
Result<std::string> from_base64(std::string_view text);

}  // namespace noshare::store
