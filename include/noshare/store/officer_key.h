// Officer keys: who can open a sealed message.
//
// A key pair (X25519) per officer. The public half lies in the vault, where the filter
// seals for it; the secret half belongs to the officer, in a file that only a passphrase
// opens (Argon2id, then XSalsa20-Poly1305, both as libsodium has them). The mail host
// needs no secret half and should not have one. Errors: kInvalidInput (a wrong
// passphrase, no such format), kCorrupt, kIo.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"

namespace noshare::store {

struct OfficerPublicKey {
  std::string name;  // letters, digits, '-', '_', '.': it is a file's name, too
  std::array<std::uint8_t, 32> key{};

  // A short stand-in for the key, 16 hexadecimal digits, to be compared by eye.
  std::string id() const;
  std::string to_text() const;  // one line of JSON, for NAME.pub
  static Result<OfficerPublicKey> from_text(std::string_view text);
  // The public half that OfficerKey::to_text() wrote beside the sealed one.
  static Result<OfficerPublicKey> beside_secret(std::string_view text);
};

class OfficerKey {
 public:
  // Errors: kInvalidInput unless `name` can be the name of a file.
  static Result<OfficerKey> generate(const std::string& name);
  // The file's text under a passphrase. Takes about a second and 64 MB, on purpose.
  Result<std::string> to_text(const Sensitive& passphrase) const;
  static Result<OfficerKey> from_text(std::string_view text, const Sensitive& passphrase);

  const OfficerPublicKey& public_key() const { return public_key_; }
  // 32 bytes; never log them.
  std::string_view secret() const { return secret_.reveal(); }

 private:
  OfficerPublicKey public_key_;
  Sensitive secret_;
};

}  // namespace noshare::store
