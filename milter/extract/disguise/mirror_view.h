// Mirror view: text as it is shown or meant where its characters stand otherwise.
//
// In:  UTF-8, not folded     Out: a second reading of those lines, mapped to the text
// Right-to-left overrides (UAX #9), lines written backwards (told by a few words that are
// words backwards), ROT13 and ROT47 where the text names them, and text hidden in tag
// characters and variation selectors. Linear in the text's size.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText mirror_view(std::string_view source, bool mapped);

}  // namespace noshare::extract
