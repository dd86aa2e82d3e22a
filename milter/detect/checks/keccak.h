// Keccak-256, as the ledgers of Ethereum and Monero use it.
//
// In:  any bytes     Out: 32 bytes
// The Keccak submission of 2011 (rate 1088, padding 0x01), not SHA3-256 of FIPS 202,
// which pads with 0x06; libraries offer the latter only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace noshare::detect {

std::array<std::uint8_t, 32> keccak256(std::string_view bytes) noexcept;

}  // namespace noshare::detect
