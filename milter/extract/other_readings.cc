// See other_readings.h.
#include "extract/other_readings.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/charset.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewestDigits = 7;
constexpr std::string_view kEscape = "\x1B";

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

// Where a charset keeps its digits of full width: behind `lead`, ten from `zero` on.
struct WideDigits {
  std::string_view charset;
  std::uint8_t lead;
  std::uint8_t zero;
};
constexpr std::array<WideDigits, 3> kWideDigits = {
    {{"GB18030", 0xA3, 0xB0}, {"Big5", 0xA2, 0xAF}, {"Shift_JIS", 0x82, 0x4F}}};

bool has_wide_digits(std::string_view bytes, const WideDigits& digits) {
  std::size_t count = 0;
  const char lead = static_cast<char>(digits.lead);
  for (std::size_t at = bytes.find(lead);
       at != std::string_view::npos && count < kFewestDigits;
       at = bytes.find(lead, at + 1)) {
    const unsigned beyond = byte_at(bytes, at + 1) - unsigned{digits.zero};
    if (beyond < 10) ++count;
  }
  return count >= kFewestDigits;
}

// Digits whose highest bit is set, in groups of their own: elsewhere such bytes are parts
// of characters.
bool has_high_digits(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size() && count < kFewestDigits;) {
    const std::size_t begin = at;
    bool digits = true;  // and hyphens
    for (; byte_at(bytes, at) >= 0x80; ++at) {
      const std::uint8_t byte = byte_at(bytes, at);
      digits = digits && ((byte >= 0xB0 && byte <= 0xB9) || byte == 0xAD);
    }
    if (digits) count += at - begin;
    ++at;
  }
  return count >= kFewestDigits;
}

std::string without_high_bits(std::string_view bytes) {
  std::string text;
  for (char c : bytes) text += static_cast<char>(static_cast<unsigned char>(c) & 0x7FU);
  return text;
}

// ASCII in two or three bytes; "" if there is hardly any.
std::string without_long_forms(std::string_view bytes) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::uint8_t first = byte_at(bytes, at);
    const std::uint8_t second = byte_at(bytes, at + 1);
    const std::uint8_t third = byte_at(bytes, at + 2);
    if ((first == 0xC0 || first == 0xC1) && second >= 0x80 && second < 0xC0) {
      text += static_cast<char>((first & 1U) << 6U | (second & 0x3FU));
      at += 2;
      ++count;
    } else if (first == 0xE0 && (second == 0x80 || second == 0x81) && third >= 0x80 &&
               third < 0xC0) {
      text += static_cast<char>((second & 1U) << 6U | (third & 0x3FU));
      at += 3;
      ++count;
    } else {
      text += bytes[at++];
    }
  }
  return count >= kFewestDigits ? text : "";
}

}  // namespace

std::vector<std::string> other_readings(std::string_view bytes) {
  std::vector<std::string> texts;
  const auto read_as = [&](std::string_view charset) {
    texts.push_back(decode_charset(bytes, charset, false).text.text);
  };
  if (bytes.find(kEscape) != std::string_view::npos) {
    if (bytes.find("\x1B$B") != std::string_view::npos ||
        bytes.find("\x1B$@") != std::string_view::npos) {
      read_as("ISO-2022-JP");
    }
    if (bytes.find("\x1B$)C") != std::string_view::npos) read_as("ISO-2022-KR");
  }
  if (is_valid_utf8(bytes)) return texts;
  for (const WideDigits& digits : kWideDigits) {
    if (has_wide_digits(bytes, digits)) read_as(digits.charset);
  }
  if (has_high_digits(bytes)) texts.push_back(without_high_bits(bytes));
  if (std::string text = without_long_forms(bytes); !text.empty()) {
    texts.push_back(to_valid_utf8(text));
  }
  return texts;
}

}  // namespace noshare::extract
