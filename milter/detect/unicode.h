// Unicode: which characters make words, and letter case, without a library.
//
// In:  code points     Out: their class, their lower and upper case form
// Any value gives an answer. Covers what mail is written in: simple case folding (Unicode
// 15, CaseFolding.txt status C and S) of Latin, Greek, Cyrillic, Armenian and Georgian.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::detect {

// A letter, mark, digit or underscore of a script that separates words by spaces.
// Characters of scripts that do not (Han, Kana, Hangul jamo, Thai, Lao, Khmer, Burmese)
// end a word: a number stands directly beside them.
bool is_word_character(char32_t c) noexcept;

// A letter of one of the scripts that write without spaces: each is a word of its own.
bool is_spaceless_letter(char32_t c) noexcept;

bool is_white_space(char32_t c) noexcept;

char32_t lower_case(char32_t c) noexcept;
char32_t upper_case(char32_t c) noexcept;

// A Latin or Greek letter without its accent or stroke; other characters as they are. The
// last form of the Greek sigma becomes the usual one, which its capital has.
char32_t base_letter(char32_t c) noexcept;

// The text in lower case (simple folding, so that its characters keep their number).
std::string folded(std::string_view text);

// The character before byte `at`, the one that starts there; 0 outside the text.
char32_t character_before(std::string_view text, std::size_t at) noexcept;
char32_t character_at(std::string_view text, std::size_t at) noexcept;

// Moves `at` back (forward) to the nearest boundary between code points.
std::size_t boundary_before(std::string_view text, std::size_t at) noexcept;
std::size_t boundary_after(std::string_view text, std::size_t at) noexcept;

}  // namespace noshare::detect
