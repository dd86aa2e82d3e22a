// Address view: e-mail addresses written so that programs miss them.
//
// In:  UTF-8 text     Out: "jane (at) example (dot) com", "jane AT example DOT com",
// "jane @ example . com" as addresses, one a line with the words before it
// Prose has such words, too: without brackets both must be words, the last a top-level
// domain's form, and there is nothing but single spaces between.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// `text` is folded.
MappedText address_view(std::string_view text, bool mapped);

}  // namespace noshare::extract
