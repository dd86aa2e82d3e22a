// Texts in a cipher that is named beside them: ROT13, Caesar, Atbash, "add 1 to each
// digit", "the pairs are swapped".
//
// In:  a text, hostile     Out: the line that names the cipher and those behind it,
// undone Without its name no cipher is undone: by chance, anything means anything.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText cipher_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
