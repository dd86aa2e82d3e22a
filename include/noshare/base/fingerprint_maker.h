// FingerprintMaker: many fingerprints under one key, each at half the cost.
//
// In:  a key, kinds and normalised values (fingerprint.h)     Out: the key's fingerprints
// HMAC begins and ends with a block that depends on the key alone (RFC 2104, section 4);
// here it is hashed once. What is kept of the key is wiped when freed.
#pragma once

#include <memory>
#include <string_view>

#include "noshare/base/fingerprint.h"

namespace noshare {

class FingerprintMaker {
 public:
  explicit FingerprintMaker(const FingerprintKey& key);
  ~FingerprintMaker();
  FingerprintMaker(FingerprintMaker&&) noexcept;
  FingerprintMaker& operator=(FingerprintMaker&&) noexcept;

  // Equal to FingerprintKey::of() of the key it was made of.
  Fingerprint of(std::string_view kind, std::string_view value) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noshare
