// See encodings.h.
#include "extract/encodings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kTold = 9;  // bytes that tell text from none

bool has_controls(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return c == 0x7F || (static_cast<unsigned char>(c) < 0x20 && !is_ascii_space(c));
  });
}

// The value of each sign; 255: it is none of the alphabet.
using Values = std::array<std::uint8_t, 256>;
constexpr std::uint8_t kNone = 255;

constexpr Values values_of(std::string_view alphabet) {
  Values values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr Values make_ascii85() {
  Values values{};
  values.fill(kNone);
  for (unsigned c = '!'; c <= 'u'; ++c) values[c] = static_cast<std::uint8_t>(c - '!');
  return values;
}

constexpr Values kAscii85 = make_ascii85();
constexpr Values kRfc1924 = values_of(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}"
    "~");
constexpr Values kZ85 = values_of(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$"
    "#");
constexpr Values kBase32 = values_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
constexpr Values kBase32Hex = values_of("0123456789ABCDEFGHIJKLMNOPQRSTUV");
constexpr Values kBase58 =
    values_of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

std::optional<std::string> in_base32(std::string_view run, const Values& values) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (char c : run) {
    const std::uint8_t value = values[static_cast<unsigned char>(ascii_upper(c))];
    if (value == kNone) return std::nullopt;
    bits = (bits << 5U | value) & 0xFFFU;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
    if (bytes.size() == kTold && has_controls(bytes)) return std::nullopt;
  }
  if (!is_clean_text(bytes)) return std::nullopt;
  return bytes;
}

std::optional<std::string> in_alphabet(std::string_view run, const Values& values) {
  std::string bytes;
  std::uint64_t group = 0;
  unsigned count = 0;
  const auto put = [&](unsigned size) {
    for (unsigned i = 0; i < size; ++i) {
      bytes += static_cast<char>(group >> (24U - 8U * i) & 0xFFU);
    }
    group = count = 0;
  };
  for (char c : run) {
    if (is_ascii_space(c)) continue;
    if (c == 'z' && count == 0 && &values == &kAscii85) return std::nullopt;  // NULs
    const std::uint8_t value = values[static_cast<unsigned char>(c)];
    if (value == kNone) return std::nullopt;
    group = group * 85 + value;
    if (++count < 5) continue;
    if (group > 0xFFFFFFFFU) return std::nullopt;
    put(4);
    if (bytes.size() <= kTold + 3 && has_controls(bytes)) return std::nullopt;
  }
  if (count > 1) {
    const unsigned size = count - 1;
    for (; count < 5; ++count) group = group * 85 + 84;
    put(size);
  }
  while (bytes.ends_with('\0')) bytes.pop_back();
  if (!is_clean_text(bytes)) return std::nullopt;
  return bytes;
}

}  // namespace

bool is_clean_text(std::string_view bytes) {
  constexpr std::size_t kShortest = 6;
  return bytes.size() >= kShortest && is_valid_utf8(bytes) && !has_controls(bytes);
}

std::optional<std::string> text_in_base32(std::string_view run) {
  const bool upper = std::none_of(run.begin(), run.end(), is_ascii_lower);
  if (!upper && std::any_of(run.begin(), run.end(), is_ascii_upper)) return std::nullopt;
  for (const Values* values : {&kBase32, &kBase32Hex}) {
    if (auto text = in_base32(run, *values)) return text;
  }
  return std::nullopt;
}

std::optional<std::string> text_in_base85(std::string_view run) {
  for (const Values* values : {&kAscii85, &kRfc1924, &kZ85}) {
    if (auto text = in_alphabet(run, *values)) return text;
  }
  return std::nullopt;
}

std::optional<std::string> text_in_base58(std::string_view run) {
  constexpr std::size_t kLongest = 300;
  if (run.size() > kLongest) return std::nullopt;
  std::vector<unsigned char> bytes;  // the lowest first
  for (char c : run) {
    unsigned carry = kBase58[static_cast<unsigned char>(c)];
    if (carry == kNone) return std::nullopt;
    for (unsigned char& byte : bytes) {
      carry += byte * 58U;
      byte = static_cast<unsigned char>(carry & 0xFFU);
      carry >>= 8U;
    }
    if (carry > 0) bytes.push_back(static_cast<unsigned char>(carry));
  }
  std::string text(bytes.rbegin(), bytes.rend());
  if (!is_clean_text(text)) return std::nullopt;
  return text;
}

}  // namespace noshare::extract
