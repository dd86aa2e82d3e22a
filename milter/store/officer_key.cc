#include "noshare/store/officer_key.h"

#include <algorithm>

#include <sodium.h>

#include "noshare/base/fingerprint.h"
#include "noshare/base/json.h"
#include "noshare/base/text.h"

#include "bytes.h"

namespace noshare::store {

namespace {

constexpr const char* kPublicFormat = "noshare officer public key 1";
constexpr const char* kSecretFormat = "noshare officer secret key 1";
constexpr std::size_t kMostNameChars = 64;

Result<void> check_name(std::string_view name) {
  const bool fits = !name.empty() && name.size() <= kMostNameChars && name[0] != '.' &&
                    std::all_of(name.begin(), name.end(), [](char c) {
                      return is_ascii_alnum(c) || c == '-' || c == '_' || c == '.';
                    });
  if (fits) return {};
  return fail(ErrorCode::kInvalidInput,
              "an officer's name has 1 to 64 letters, digits, '-', '_' or '.', and does "
              "not begin with '.'");
}

// The fields of a key file, all of them text.
Result<Json> read_fields(std::string_view text, const char* format,
                         std::initializer_list<const char*> fields) {
  NOSHARE_TRY(Json json, parse_json(text));
  const auto is_text = [&](const char* field) {
    return json.is_object() && json.contains(field) && json[field].is_string();
  };
  if (!is_text("format") || json["format"] != format ||
      !std::all_of(fields.begin(), fields.end(), is_text)) {
    return fail(ErrorCode::kInvalidInput,
                std::string("expected a file with the format '") + format + "'");
  }
  return json;
}

Result<std::array<std::uint8_t, 32>> read_key(const Json& json) {
  NOSHARE_TRY(const std::string bytes, from_base64(json["key"].get<std::string>()));
  std::array<std::uint8_t, 32> key{};
  if (bytes.size() != key.size()) {
    return fail(ErrorCode::kCorrupt, "a public key has 32 bytes");
  }
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

// Argon2id's cost as libsodium recommends it for interactive use: a second, 64 MB.
Result<Sensitive> derive(const Sensitive& passphrase, std::string_view salt) {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  if (salt.size() != crypto_pwhash_SALTBYTES ||
      crypto_pwhash(as_bytes(key), key.size(), passphrase.reveal().data(),
                    passphrase.size(), as_bytes(salt), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                    crypto_pwhash_MEMLIMIT_INTERACTIVE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::kLimit, "no memory to derive a key from the passphrase");
  }
  return Sensitive(std::move(key));
}

}  // namespace

std::string OfficerPublicKey::id() const {
  const std::string hash =
      digest({reinterpret_cast<const char*>(key.data()), key.size()});
  Fingerprint shortened;
  std::copy_n(hash.begin(), shortened.bytes.size(), shortened.bytes.begin());
  return shortened.hex().substr(0, 16);
}

std::string OfficerPublicKey::to_text() const {
  return to_line(Json{{"format", kPublicFormat},
                      {"name", name},
                      {"key", to_base64({reinterpret_cast<const char*>(key.data()),
                                         key.size()})}}) +
         "\n";
}

Result<OfficerPublicKey> OfficerPublicKey::from_text(std::string_view text) {
  NOSHARE_TRY(const Json json, read_fields(text, kPublicFormat, {"name", "key"}));
  OfficerPublicKey result;
  result.name = json["name"].get<std::string>();
  NOSHARE_CHECK(check_name(result.name));
  NOSHARE_TRY(result.key, read_key(json));
  return result;
}

Result<OfficerPublicKey> OfficerPublicKey::beside_secret(std::string_view text) {
  NOSHARE_TRY(const Json json, read_fields(text, kSecretFormat, {"name", "key"}));
  OfficerPublicKey result;
  result.name = json["name"].get<std::string>();
  NOSHARE_CHECK(check_name(result.name));
  NOSHARE_TRY(result.key, read_key(json));
  return result;
}

Result<OfficerKey> OfficerKey::generate(const std::string& name) {
  NOSHARE_CHECK(check_name(name));
  NOSHARE_CHECK(start_sodium());
  OfficerKey result;
  result.public_key_.name = name;
  std::string secret(crypto_box_SECRETKEYBYTES, '\0');
  crypto_box_keypair(result.public_key_.key.data(), as_bytes(secret));
  result.secret_ = Sensitive(std::move(secret));
  return result;
}

Result<std::string> OfficerKey::to_text(const Sensitive& passphrase) const {
  NOSHARE_CHECK(start_sodium());
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  randombytes_buf(nonce.data(), nonce.size());
  NOSHARE_TRY(const Sensitive key, derive(passphrase, salt));
  std::string sealed(secret().size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(as_bytes(sealed), as_bytes(secret()), secret().size(),
                        as_bytes(nonce), as_bytes(key.reveal()));
  const auto& bytes = public_key_.key;
  return to_line(Json{{"format", kSecretFormat},
                      {"name", public_key_.name},
                      {"key", to_base64({reinterpret_cast<const char*>(bytes.data()),
                                         bytes.size()})},
                      {"salt", to_base64(salt)},
                      {"nonce", to_base64(nonce)},
                      {"sealed", to_base64(sealed)}}) +
         "\n";
}

Result<OfficerKey> OfficerKey::from_text(std::string_view text,
                                         const Sensitive& passphrase) {
  NOSHARE_CHECK(start_sodium());
  NOSHARE_TRY(const Json json, read_fields(text, kSecretFormat,
                                           {"name", "key", "salt", "nonce", "sealed"}));
  OfficerKey result;
  result.public_key_.name = json["name"].get<std::string>();
  NOSHARE_CHECK(check_name(result.public_key_.name));
  NOSHARE_TRY(result.public_key_.key, read_key(json));
  NOSHARE_TRY(const std::string salt, from_base64(json["salt"].get<std::string>()));
  NOSHARE_TRY(const std::string nonce, from_base64(json["nonce"].get<std::string>()));
  NOSHARE_TRY(const std::string sealed, from_base64(json["sealed"].get<std::string>()));
  if (nonce.size() != crypto_secretbox_NONCEBYTES ||
      sealed.size() != crypto_box_SECRETKEYBYTES + crypto_secretbox_MACBYTES) {
    return fail(ErrorCode::kCorrupt, "the key file is damaged");
  }
  NOSHARE_TRY(const Sensitive key, derive(passphrase, salt));
  std::string secret(crypto_box_SECRETKEYBYTES, '\0');
  if (crypto_secretbox_open_easy(as_bytes(secret), as_bytes(sealed), sealed.size(),
                                 as_bytes(nonce), as_bytes(key.reveal())) != 0) {
    return fail(ErrorCode::kInvalidInput, "the passphrase does not open this key");
  }
  result.secret_ = Sensitive(std::move(secret));
  std::array<std::uint8_t, 32> computed{};
  crypto_scalarmult_base(computed.data(), as_bytes(result.secret()));
  if (computed != result.public_key_.key) {
    return fail(ErrorCode::kCorrupt, "the key file's two halves do not belong together");
  }
  return result;
}

}  // namespace noshare::store
