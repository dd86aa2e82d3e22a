// See binhex.h.
#include "extract/binhex.h"

#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

constexpr std::string_view kAlphabet =
    "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
constexpr char kRepeat = '\x90';

// Six bits a character, up to the closing colon.
std::string decoded(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    if (c == ':') break;
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0x3FFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
  }
  return bytes;
}

// A byte, the mark and a number stand for so many of that byte.
std::string expanded(std::string_view bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != kRepeat || i + 1 == bytes.size()) {
      result += bytes[i];
      continue;
    }
    const auto times = static_cast<unsigned char>(bytes[++i]);
    if (times == 0) {
      result += kRepeat;
    } else if (!result.empty()) {
      result.append(times - 1U, result.back());
    }
  }
  return result;
}

}  // namespace

std::optional<BinHexFile> decode_binhex(std::string_view text) {
  const std::size_t begin = text.find(':');
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string bytes = expanded(decoded(text.substr(begin + 1)));
  if (bytes.empty()) return std::nullopt;
  const auto name_size = static_cast<unsigned char>(bytes[0]);
  // Behind the name: a version, type, creator, flags, two lengths, a checksum.
  constexpr std::size_t kFixed = 1 + 4 + 4 + 2 + 4 + 4 + 2;
  const std::size_t header = 1U + name_size + kFixed;
  if (name_size == 0 || bytes.size() < header) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    size = size << 8U | static_cast<unsigned char>(bytes[1U + name_size + 11 + i]);
  }
  return BinHexFile{bytes.substr(1, name_size), bytes.substr(header, size)};
}

}  // namespace noshare::extract
