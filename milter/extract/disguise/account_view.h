// Account view: bank accounts (IBAN) whose groups are parted by signs that nobody uses.
//
// In:  UTF-8 text     Out: a second reading of those places, one a line with the words
// before it; only where the check digits hold (ISO 13616-1, ISO/IEC 7064 MOD 97-10), so
// that prose gives nothing
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// `text` is folded.
MappedText account_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
