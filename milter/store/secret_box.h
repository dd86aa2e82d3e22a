// A small secret under the installation's key, for a column of the store: nonce, then
// XSalsa20-Poly1305 (libsodium's secretbox). What is empty stays empty.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"

namespace noshare::store {

class SecretBox {
 public:
  // `purpose` separates the secrets of one column from those of another.
  SecretBox(const FingerprintKey& key, const std::string& purpose);

  std::string seal(std::string_view plain) const;
  // Errors: kCorrupt if it was sealed with another key, or changed.
  Result<Sensitive> open(std::string_view sealed) const;

 private:
  std::string key_;
};

}  // namespace noshare::store
