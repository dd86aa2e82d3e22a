// Networks: blocks of addresses in CIDR form (RFC 4632, RFC 4291 section 2.3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare::config {

// IPv4 addresses are held as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2), so that
// "::ffff:192.0.2.1" and "192.0.2.1" are the same.
using IpAddress = std::array<std::uint8_t, 16>;
std::optional<IpAddress> parse_ip_address(std::string_view text);

struct Network {
  IpAddress address{};
  unsigned prefix = 128;  // leading bits that count, of 128
  bool contains(const IpAddress& other) const;
};

// "192.0.2.0/24", "2001:db8::/32", or one address. Errors: kInvalidInput, also when bits
// behind the prefix are set, which is more often a slip than meant.
Result<Network> parse_network(std::string_view text);

}  // namespace noshare::config
