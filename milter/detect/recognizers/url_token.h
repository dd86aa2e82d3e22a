// Tokens around a place: is it part of a URL, does a word of an unspaced script touch it?
//
// In:  a text and a place in it     Out: yes or no. Looks at no more than 256 bytes.
#pragma once

#include <cstddef>
#include <string_view>

#include "noshare/model/segment.h"

namespace noshare::detect {

// True if the unbroken token that holds `span` has "://" or "www." before it ("tel:" is none).
bool is_inside_url(std::string_view text, model::Span span) noexcept;

// True if the character that ends at `at`, or begins there, is of a script that puts no space
// between words (Han, Kana, Thai), so that it is no part of a number it touches.
bool ends_unspaced_word(std::string_view text, std::size_t at) noexcept;
bool begins_unspaced_word(std::string_view text, std::size_t at) noexcept;

// Thai to Khmer, Kana, Han: scripts that put no spaces between words.
bool is_unspaced_script(char32_t c) noexcept;

}  // namespace noshare::detect
