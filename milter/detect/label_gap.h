// What stands between a label and the value it announces.
//
// In:  the text from the one to the other     Out: whether the one announces the other
// "IBAN (required): ", "Kontonummer des Kunden lautet ", "\": \"", " ........ ", a line's
// end; behind a value " is the ", " (". A sentence's end, a comma in a sentence or a
// number between says that the two do not belong together.
#pragma once

#include <cstdint>
#include <string_view>

namespace noshare::detect {

constexpr std::uint32_t kMostLabelGapBytes = 64;

// `gap` is what stands behind the label's last word and before the value.
bool joins_label(std::string_view gap);

// `gap` is what stands behind the value and before the label's first word.
bool joins_label_behind(std::string_view gap);

}  // namespace noshare::detect
