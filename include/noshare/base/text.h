// Small text tools shared by all rooms: UTF-8, ASCII case, splitting, "did you mean".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noshare {

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii_alpha(char c) { return is_ascii_upper(c) || is_ascii_lower(c); }
constexpr bool is_ascii_alnum(char c) { return is_ascii_digit(c) || is_ascii_alpha(c); }
constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c + 32) : c;
}
constexpr char ascii_upper(char c) {
  return is_ascii_lower(c) ? static_cast<char>(c - 32) : c;
}

std::string ascii_lowered(std::string_view text);
std::string_view trimmed(
    std::string_view text);  // without ASCII white space at both ends
std::vector<std::string_view> split(std::string_view text, char separator);
// The words of a list as people type one: trimmed, without empty ones.
std::vector<std::string> words_of_list(std::string_view text, char separator);
// The words in a row, `between` each two of them.
template <class Words>
std::string joined(const Words& words, std::string_view between) {
  std::string text;
  bool first = true;
  for (const auto& word : words) {
    if (!first) text += between;
    first = false;
    text += word;
  }
  return text;
}
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII case only
// Line ends and tabs become spaces: a name as it can stand in a path or a log line.
std::string one_line(std::string_view text);

bool is_ascii(std::string_view text);
bool is_valid_utf8(std::string_view text);
// The text with each ill-formed sequence replaced by U+FFFD (Unicode 15, section 3.9).
std::string to_valid_utf8(std::string_view text);

// The code point that starts at `at` and how many bytes it takes. Ill-formed: U+FFFD, 1
// byte.
struct CodePoint {
  char32_t value;
  std::uint32_t bytes;
};
CodePoint code_point_at(std::string_view text, std::size_t at);
void append_utf8(std::string& text, char32_t value);
std::size_t count_code_points(std::string_view text);

// The candidate nearest to `word`, if it is near enough to be meant (at most a third of
// its letters differ, Damerau-Levenshtein).
std::optional<std::string> closest(std::string_view word,
                                   std::span<const std::string> candidates);

// True if `text` matches `pattern`, where '*' stands for any run of characters. ASCII
// case is ignored. "*.example.com" does not match "example.com".
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace noshare
