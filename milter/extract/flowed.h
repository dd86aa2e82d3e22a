// format=flowed: soft line breaks of plain text joined again (RFC 3676).
//
// In:  text/plain with format=flowed, and its delsp parameter     Out: text with whole
// paragraphs on one line, space-stuffing removed. Quote marks stay at each line's begin.
#pragma once

#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

MappedText unflowed(std::string_view text, bool delete_space, bool mapped);

}  // namespace noshare::extract
