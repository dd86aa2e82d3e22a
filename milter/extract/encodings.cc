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
constexpr Values kCrockford = values_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
constexpr Values kZBase32 = values_of("YBNDRFG8EJKMCPQXOT1UWISZA345H769");
constexpr Values kBase62 =
    values_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
constexpr Values kBase62Small =
    values_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
constexpr Values kBase45 = values_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:");
constexpr Values kBase91 = values_of(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,./:;<=>?@[]^"
    "_`{|}~\"");
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
  for (const Values* values : {&kBase32, &kBase32Hex, &kCrockford, &kZBase32}) {
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

namespace {

std::optional<std::string> as_number(std::string_view run, const Values& values,
                                     unsigned base) {
  constexpr std::size_t kLongest = 300;
  if (run.size() > kLongest) return std::nullopt;
  std::vector<unsigned char> bytes;  // the lowest first
  for (char c : run) {
    unsigned carry = values[static_cast<unsigned char>(c)];
    if (carry == kNone) return std::nullopt;
    for (unsigned char& byte : bytes) {
      carry += byte * base;
      byte = static_cast<unsigned char>(carry & 0xFFU);
      carry >>= 8U;
    }
    if (carry > 0) bytes.push_back(static_cast<unsigned char>(carry));
  }
  std::string text(bytes.rbegin(), bytes.rend());
  if (!is_clean_text(text)) return std::nullopt;
  return text;
}

}  // namespace

std::optional<std::string> text_in_base58(std::string_view run) {
  return as_number(run, kBase58, 58);
}

std::optional<std::string> text_in_base62(std::string_view run) {
  for (const Values* values : {&kBase62, &kBase62Small}) {
    if (auto text = as_number(run, *values, 62)) return text;
  }
  return std::nullopt;
}

bool is_base45_sign(char c) { return kBase45[static_cast<unsigned char>(c)] != kNone; }

std::optional<std::string> bytes_in_base45(std::string_view run) {
  std::string bytes;
  for (std::size_t i = 0; i < run.size(); i += 3) {
    unsigned value = 0;
    unsigned weight = 1;
    const std::string_view group = run.substr(i, 3);
    for (char c : group) {
      const std::uint8_t digit = kBase45[static_cast<unsigned char>(c)];
      if (digit == kNone) return std::nullopt;
      value += digit * weight;
      weight *= 45;
    }
    if (group.size() == 1 || value > (group.size() == 3 ? 0xFFFFU : 0xFFU)) {
      return std::nullopt;
    }
    if (group.size() == 3) bytes += static_cast<char>(value >> 8U);
    bytes += static_cast<char>(value & 0xFFU);
  }
  const bool packed = bytes.starts_with("\x78\x9C") || bytes.starts_with("\x78\xDA");
  if (!packed && !is_clean_text(bytes)) return std::nullopt;
  return bytes;
}

std::optional<std::string> text_in_base91(std::string_view run) {
  std::string bytes;
  unsigned bits = 0;
  unsigned count = 0;
  for (std::size_t i = 0; i < run.size(); i += 2) {
    const std::uint8_t first = kBase91[static_cast<unsigned char>(run[i])];
    if (first == kNone) return std::nullopt;
    unsigned value = first;
    if (i + 1 < run.size()) {
      const std::uint8_t second = kBase91[static_cast<unsigned char>(run[i + 1])];
      if (second == kNone) return std::nullopt;
      value += second * 91U;
    }
    bits |= value << count;
    constexpr unsigned kMore = 88;  // below which fourteen bits are meant
    count += (value & 0x1FFFU) > kMore ? 13 : 14;
    for (; count > 7; count -= 8) {
      bytes += static_cast<char>(bits & 0xFFU);
      bits >>= 8U;
    }
    if (bytes.size() >= kTold && bytes.size() < kTold + 2 && has_controls(bytes)) {
      return std::nullopt;
    }
  }
  while (bytes.ends_with('\0')) bytes.pop_back();
  if (!is_clean_text(bytes)) return std::nullopt;
  return bytes;
}

}  // namespace noshare::extract
