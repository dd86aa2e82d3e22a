#include "noshare/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace noshare {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Bytes of a well-formed sequence that starts with `lead`, and the range of its second
// byte (Unicode 15, table 3-7). 0 bytes: `lead` starts nothing.
struct LeadByte {
  std::uint8_t bytes;
  unsigned char second_low;
  unsigned char second_high;
};

LeadByte lead_byte(unsigned char lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

std::size_t damerau_levenshtein(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

}  // namespace

std::string ascii_lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string> words_of_list(std::string_view text, char separator) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, separator)) {
    if (!trimmed(word).empty()) words.emplace_back(trimmed(word));
  }
  return words;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return line;
}

namespace {

// Behind the blocks of eight ASCII bytes from `at` on; many in a row are passed faster.
std::size_t behind_ascii_blocks(std::string_view text, std::size_t at) {
  const auto is_ascii_block = [&](auto block) {
    if (at + sizeof block > text.size()) return false;
    std::memcpy(block.data(), text.data() + at, sizeof block);
    std::uint64_t all = 0;
    for (const std::uint64_t eight : block) all |= eight;
    return (all & 0x8080808080808080ULL) == 0;
  };
  using Few = std::array<std::uint64_t, 1>;
  using Many = std::array<std::uint64_t, 8>;
  while (is_ascii_block(Few{})) {
    at += sizeof(Few);
    while (is_ascii_block(Many{})) at += sizeof(Many);
  }
  return at;
}

}  // namespace

bool is_ascii(std::string_view text) {
  text.remove_prefix(behind_ascii_blocks(text, 0));
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[at + i]);
  };
  const LeadByte lead = lead_byte(byte(0));
  if (lead.bytes == 1) return {byte(0), 1};
  if (lead.bytes == 0 || text.size() - at < lead.bytes) return {kReplacement, 1};
  if (byte(1) < lead.second_low || byte(1) > lead.second_high) return {kReplacement, 1};
  char32_t value = byte(0) & (0x7FU >> lead.bytes);
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {kReplacement, 1};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  return {value, lead.bytes};
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      at = behind_ascii_blocks(text, at + 1);
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    if (point.bytes == 1) return false;
    at += point.bytes;
  }
  return true;
}

void append_utf8(std::string& text, char32_t value) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = kReplacement;
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6U));
    put(0x80 | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12U));
    put(0x80 | ((value >> 6U) & 0x3FU));
    put(0x80 | (value & 0x3FU));
  } else {
    put(0xF0 | (value >> 18U));
    put(0x80 | ((value >> 12U) & 0x3FU));
    put(0x80 | ((value >> 6U) & 0x3FU));
    put(0x80 | (value & 0x3FU));
  }
}

std::string to_valid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string result;
  result.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(result, point.value);
    at += point.bytes;
  }
  return result;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::optional<std::string> closest(std::string_view word,
                                   std::span<const std::string> candidates) {
  const std::string lowered = ascii_lowered(word.substr(0, 64));
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, lowered.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = damerau_levenshtein(lowered, ascii_lowered(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // last '*', and where it began to match
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && ascii_lower(pattern[p]) == ascii_lower(text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace noshare
