#include "secret_box.h"

#include <algorithm>

#include <sodium.h>

#include "bytes.h"

namespace noshare::store {

SecretBox::SecretBox(const FingerprintKey& key, const std::string& purpose) {
  for (const char* half : {" seal 1", " seal 2"}) {
    const Fingerprint part = key.of(purpose + half, "");
    key_.append(part.bytes.begin(), part.bytes.end());
  }
}

std::string SecretBox::seal(std::string_view plain) const {
  if (plain.empty()) return {};
  std::string sealed(
      crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
  randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(as_bytes(sealed) + crypto_secretbox_NONCEBYTES, as_bytes(plain),
                        plain.size(), as_bytes(sealed), as_bytes(key_));
  return sealed;
}

Result<Sensitive> SecretBox::open(std::string_view sealed) const {
  if (sealed.empty()) return Sensitive();
  constexpr std::size_t kExtra = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  std::string plain(sealed.size() - std::min(sealed.size(), kExtra), '\0');
  const std::string_view body =
      sealed.substr(std::min<std::size_t>(sealed.size(), crypto_secretbox_NONCEBYTES));
  if (plain.empty() || crypto_secretbox_open_easy(
                           as_bytes(plain), as_bytes(body), body.size(), as_bytes(sealed),
                           as_bytes(std::string_view(key_))) != 0) {
    return fail(ErrorCode::kCorrupt,
                "a secret of the store does not open with this installation's key");
  }
  return Sensitive(std::move(plain));
}

}  // namespace noshare::store
