// Digit groups: how a run of tokens is written, whatever number it may be.
//
// In:  a text and tokens of it that mean digits, in its order     Out: yes or no
#pragma once

#include <span>
#include <string_view>

#include "extract/disguise/digit_tokens.h"

namespace noshare::extract {

using DigitGroups = std::span<const DigitToken>;

// What stands before the group.
std::string_view gap_before(std::string_view text, DigitGroups groups, std::size_t group);

// Letters pass for digits only among others.
bool is_meant_as_number(DigitGroups groups);
bool has_letters(DigitGroups groups);

// Single spaces or hyphens throughout, and digits as everybody writes them: found
// without a view.
bool has_usual_gaps(std::string_view text, DigitGroups groups);
// As long as the groups of a card or an identity number.
bool is_known_shape(DigitGroups groups);
// Both.
bool is_usual_shape(std::string_view text, DigitGroups groups);
// The signs with which people write telephone numbers: found without a view.
bool is_usual_phone(std::string_view text, DigitGroups groups);
// The signs that part a table's cells, throughout.
bool is_in_cells(std::string_view text, DigitGroups groups);
// Codes of characters: "%34%31", "=34=31", "&#52;&#49;".
bool are_codes(std::string_view text, DigitGroups groups);
// Numbers of versions in their order: "1.2 1.3.1 1.3.2 2.0".
bool are_versions(std::string_view text, DigitGroups groups);
// The groups of a social security number from the end: to be shown from right to left.
bool is_mirrored(DigitGroups groups);

}  // namespace noshare::extract
