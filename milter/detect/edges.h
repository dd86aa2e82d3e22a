// Edges: whether a match stands by itself, or is a piece of something longer.
//
// In:  text and the match's place     Out: yes or no
// Tested on Unicode text, so that patterns need no \b. Beyond the neighbouring character,
// numbers that go on behind a joining mark are pieces of decimals, versions, time stamps,
// identifiers and addresses, and no values.
#pragma once

#include <cstdint>
#include <string_view>

#include "noshare/config/pack.h"
#include "noshare/model/segment.h"

namespace noshare::detect {

bool left_edge_holds(std::string_view text, std::uint32_t begin,
                     config::Edges edges) noexcept;
bool right_edge_holds(std::string_view text, std::uint32_t end,
                      config::Edges edges) noexcept;

// True if the match goes on as a longer number or identifier: "1.23456789",
// "2026-123456789", "a1-b2-123456789", "123456789@host". With Edges::kNone never asked.
bool is_piece_of_longer(std::string_view text, model::Span match) noexcept;

// True if the match stands inside a URL, a host name with user, or a message id, none of
// which it holds itself.
bool is_inside_address(std::string_view text, model::Span match) noexcept;

}  // namespace noshare::detect
