// Spaced view: letters that stand one by one, joined to words.
//
// In:  UTF-8 text     Out: "j a n e @ e x a m p l e . c o m", "Q-Q-1-2-3-4-5-6-C" joined,
// one a line with the words before it
// Digits alone are the digit view's.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// `text` is folded.
MappedText spaced_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
