// Inflate: deflated bytes without a header (RFC 1951), by zlib.
//
// In:  hostile bytes     Out: what they unpack to, bounded; the rest tells why it ends
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/containers/zip_members.h"

namespace noshare::extract {

Unpacked inflate(std::string_view packed, std::size_t most_bytes);

// How many bytes of `bytes` the deflated stream at its beginning takes. All of them if
// the stream is broken, or unpacks to more than `most_bytes`, which becomes less by what
// was unpacked.
std::size_t inflated_from(std::string_view bytes, std::size_t& most_bytes);

}  // namespace noshare::extract
