// Numbers as Intel processors write them, read from bytes at any place.
//
// In:  a view that holds the number's bytes; the caller has looked     Out: the number
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::extract {

inline std::uint64_t little_endian_at(std::string_view bytes, std::size_t at,
                                      std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8U | static_cast<std::uint8_t>(bytes[at + i - 1]);
  }
  return value;
}

inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(little_endian_at(bytes, at, 2));
}
inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_endian_at(bytes, at, 4));
}
inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  return little_endian_at(bytes, at, 8);
}

inline void append_little_endian(std::string& bytes, std::uint64_t value,
                                 std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(value >> 8U * i & 0xFFU);
  }
}

}  // namespace noshare::extract
