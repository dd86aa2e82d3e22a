// TOTP: one-time codes of six digits that change every half minute (RFC 6238, RFC 4226
// with HMAC-SHA-1, as authenticator apps have it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noshare::store {

constexpr std::int64_t kTotpStepSeconds = 30;

std::string new_totp_secret();  // 20 random bytes
std::string totp_code(std::string_view secret, std::int64_t step);
// The step that `code` belongs to: the present one or its neighbours, for clocks that are
// not quite right. None: a wrong code.
std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                         std::int64_t unix_seconds);
// What an authenticator app reads (otpauth://totp/...), the secret in base32 (RFC 4648).
std::string totp_uri(std::string_view secret, std::string_view account);

}  // namespace noshare::store
