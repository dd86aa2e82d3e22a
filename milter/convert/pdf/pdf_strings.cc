// See pdf_strings.h.
#include "convert/pdf/pdf_strings.h"

#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::convert {

std::size_t read_literal(std::string_view bytes, std::size_t at, std::string& string) {
  constexpr std::size_t kMostBytes = 16U << 20U;
  int depth = 1;
  for (; at < bytes.size() && string.size() < kMostBytes; ++at) {
    char c = bytes[at];
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
    if (c != '\\' || at + 1 == bytes.size()) {
      string += c;
      continue;
    }
    c = bytes[++at];
    unsigned code = 0;
    std::size_t digits = 0;
    for (; digits < 3 && at + digits < bytes.size() && bytes[at + digits] >= '0' &&
           bytes[at + digits] <= '7';
         ++digits) {
      code = code * 8 + static_cast<unsigned>(bytes[at + digits] - '0');
    }
    if (digits > 0) {
      string += static_cast<char>(code);
      at += digits - 1;
    } else if (c != '\n' && c != '\r') {
      string += c == 'n' || c == 'r' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return at + 1;
}

std::size_t read_hexadecimal(std::string_view bytes, std::size_t at,
                             std::string& string) {
  int half = -1;
  for (; at < bytes.size() && bytes[at] != '>'; ++at) {
    const char c = ascii_lower(bytes[at]);
    const int value = is_ascii_digit(c)      ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                             : -1;
    if (value < 0 && !is_ascii_space(c)) {
      string.clear();
      return at;
    }
    if (value < 0) continue;
    if (half >= 0) string += static_cast<char>(half * 16 + value);
    half = half >= 0 ? -1 : value;
  }
  return at + 1;
}

std::string from_ascii85(std::string_view text) {
  std::string bytes;
  std::uint64_t group = 0;
  unsigned count = 0;
  const auto put = [&](unsigned size) {
    for (unsigned i = 0; i < size; ++i) {
      bytes += static_cast<char>(group >> (24U - 8U * i) & 0xFFU);
    }
    group = count = 0;
  };
  for (const char c : text) {
    if (is_ascii_space(c)) continue;
    if (c == 'z' && count == 0) {
      put(4);
      continue;
    }
    if (c < '!' || c > 'u') break;
    group = group * 85 + static_cast<unsigned>(c - '!');
    if (++count == 5) put(4);
  }
  if (count < 2) return bytes;
  const unsigned size = count - 1;
  for (; count < 5; ++count) group = group * 85 + 84;
  put(size);
  return bytes;
}

}  // namespace noshare::convert
