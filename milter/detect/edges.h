// Edges: whether a match stands by itself, or is a piece of something longer.
//
// In:  text and the match's place     Out: yes or no
// Tested on Unicode text, so that patterns need no \b. Beyond the neighbouring character,
// numbers that go on behind a joining mark are pieces of decimals, versions, time stamps,
// identifiers and addresses, and no values.
#pragma once

#include <cstdint>
#include <string_view>

#include "noshare/base/text.h"
#include "noshare/config/pack.h"
#include "noshare/model/segment.h"

namespace noshare::detect {

namespace edge {
constexpr bool is_word(char c) { return is_ascii_alnum(c) || c == '_'; }
// For edges of words beside a character outside ASCII.
bool left_holds(std::string_view text, std::uint32_t begin) noexcept;
bool right_holds(std::string_view text, std::uint32_t end) noexcept;
}  // namespace edge

inline bool left_edge_holds(std::string_view text, std::uint32_t begin,
                            config::Edges edges) noexcept {
  if (edges == config::Edges::kNone || begin == 0) return true;
  const char before = text[begin - 1];
  if (edges == config::Edges::kDigit) return !is_ascii_digit(before);
  return static_cast<unsigned char>(before) < 0x80 ? !edge::is_word(before)
                                                   : edge::left_holds(text, begin);
}

inline bool right_edge_holds(std::string_view text, std::uint32_t end,
                             config::Edges edges) noexcept {
  if (edges == config::Edges::kNone || end >= text.size()) return true;
  const char after = text[end];
  if (edges == config::Edges::kDigit) return !is_ascii_digit(after);
  return static_cast<unsigned char>(after) < 0x80 ? !edge::is_word(after)
                                                  : edge::right_holds(text, end);
}

// True if the match goes on as a longer number or identifier: "1.23456789",
// "2026-123456789", "a1-b2-123456789", "123456789@host". With Edges::kNone never asked.
bool is_piece_of_longer(std::string_view text, model::Span match) noexcept;

// True if the match is some of the groups of a key's fingerprint, digits by chance: "4AEE
// 18F8 3AFD EB23 4F1B  5B2C 1234 5678 9ABC DEF0". At least four groups of four
// hexadecimal digits adjoin it, and some hold a letter. is_piece_of_longer() asks it,
// too.
bool is_in_fingerprint(std::string_view text, model::Span match) noexcept;

// True if the match stands inside a URL, a host name with user, or a message id, none of
// which it holds itself.
bool is_inside_address(std::string_view text, model::Span match) noexcept;

}  // namespace noshare::detect
