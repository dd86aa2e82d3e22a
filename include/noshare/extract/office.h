// Office files of the years before 2007: Word, Excel, PowerPoint in a compound file.
//
// In:  the bytes of a compound file ([MS-CFB]), hostile     Out: texts, files inside it,
// and what could not be read, in the file's order. Runs in a converter's process.
#pragma once

#include <functional>
#include <string_view>

#include "noshare/extract/converter.h"

namespace noshare::extract {

using FoundSink = std::function<void(Found)>;
void read_office(std::string_view bytes, const FoundSink& sink);

// Loads the tables of the code pages that such files may use, while files may be opened.
void load_code_pages();

}  // namespace noshare::extract
