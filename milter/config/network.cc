// Networks: see noshare/config/network.h.
#include "noshare/config/network.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

#include <arpa/inet.h>

namespace noshare::config {

namespace {

constexpr unsigned kMappedBits = 96;  // of an IPv4-mapped address before the IPv4 part

bool bit(const IpAddress& address, unsigned index) {
  const unsigned byte = address[index / 8];
  return ((byte >> (7U - index % 8U)) & 1U) != 0;
}

}  // namespace

std::optional<IpAddress> parse_ip_address(std::string_view text) {
  const std::string terminated(text);
  IpAddress address{};
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  in_addr four{};
  if (inet_pton(AF_INET, terminated.c_str(), &four) != 1) return std::nullopt;
  address.fill(0);
  address[10] = address[11] = 0xFF;
  std::memcpy(address.data() + 12, &four, sizeof four);
  return address;
}

bool Network::contains(const IpAddress& other) const {
  for (unsigned i = 0; i < prefix; ++i) {
    if (bit(address, i) != bit(other, i)) return false;
  }
  return true;
}

Result<Network> parse_network(std::string_view text) {
  constexpr const char* kExpected =
      "expected a network such as 192.0.2.0/24 or 2001:db8::/32";
  const std::size_t slash = text.find('/');
  const auto address = parse_ip_address(text.substr(0, slash));
  if (!address) return fail(ErrorCode::kInvalidInput, kExpected);
  const bool is_four = text.find(':') == std::string_view::npos;
  Network network{*address, 128};
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), network.prefix);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
        network.prefix > (is_four ? 32U : 128U)) {
      return fail(ErrorCode::kInvalidInput, kExpected);
    }
    if (is_four) network.prefix += kMappedBits;
  }
  for (unsigned i = network.prefix; i < 128; ++i) {
    if (bit(network.address, i)) {
      return fail(ErrorCode::kInvalidInput,
                  "the address has bits set behind its prefix length; write the first "
                  "address of the network");
    }
  }
  return network;
}

}  // namespace noshare::config
