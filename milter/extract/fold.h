// Folding: one spelling for what looks alike, so that patterns need to know ASCII only.
//
// In:  UTF-8     Out: the same with the digits of all scripts, spaces, dashes and
// compatibility letters (full-width, mathematical, enclosed) as ASCII and invisible
// characters left out. Letters of other scripts and accented letters stay. Source:
// Unicode 15 character properties.
#pragma once

#include "noshare/extract/extract.h"

#include "extract/mapped_text.h"

namespace noshare::extract {

// True if fold() would return the text unchanged.
bool is_folded(std::string_view text);

// The folded text, mapped to `text`.
MappedText folded(std::string_view text);

}  // namespace noshare::extract
