// Markup view: a plain text without the tags that stand in it.
//
// In:  UTF-8 text     Out: the lines that hold tags of HTML, XML or BBCode, or what moves
// and colours the text on a terminal (ECMA-48), without these
// Programs show such a text as it stands, but people read over the tags.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText without_markup(std::string_view text, bool mapped);

}  // namespace noshare::extract
