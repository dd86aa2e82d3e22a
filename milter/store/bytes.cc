#include "bytes.h"

#include <cstring>

#include <sodium.h>

namespace noshare::store {

std::string_view bytes_of(const Fingerprint& value) {
  return {reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()};
}

std::vector<std::string_view> bytes_of(const std::vector<Fingerprint>& values) {
  std::vector<std::string_view> list;
  list.reserve(values.size());
  for (const Fingerprint& one : values) list.push_back(bytes_of(one));
  return list;
}

Fingerprint fingerprint_of(std::string_view bytes) {
  Fingerprint value;
  if (bytes.size() == value.bytes.size()) {
    std::memcpy(value.bytes.data(), bytes.data(), bytes.size());
  }
  return value;
}

Result<void> start_sodium() {
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "libsodium does not start");
  return {};
}

std::string to_base64(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), as_bytes(bytes), bytes.size(), kVariant);
  text.pop_back();  // the closing NUL
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(as_bytes(bytes), bytes.size(), text.data(), text.size(), nullptr,
                        &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return fail(ErrorCode::kInvalidInput, "expected base64");
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace noshare::store
