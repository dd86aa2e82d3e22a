// Texts that a PDF stores and no interface of poppler hands out: scripts, XML forms,
// alternative texts, labels of pages, private data of programs.
//
// In:  the file's bytes, hostile; what was told of it already
// Out: strings that hold numbers or addresses, and text streams. Linear in the size of
// the file; what its streams unpack to is bounded. Of an encrypted file nothing.
#pragma once

#include <string_view>

#include "convert/output.h"

namespace noshare::convert {

void put_stored_texts(std::string_view file, std::string_view told, Output& out);

}  // namespace noshare::convert
