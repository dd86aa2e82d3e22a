// Armoured blocks: "-----BEGIN CERTIFICATE-----" and what is like it (RFC 7468, RFC 4880
// section 6.2), and texts in the structures inside (X.690, DER).
//
// In:  a text, hostile     Out: files that the blocks hold; texts with numbers in
// certificates, requests, keys. Those that are encrypted, and PGP messages, are told by
// text_part.
#pragma once

#include <string>
#include <string_view>

#include "extract/file_reader.h"

namespace noshare::extract {

void read_armoured_blocks(std::string_view text, const FilePlace& place, Collector& out);

// Texts with nine digits or more, a line each.
std::string der_texts(std::string_view bytes);

}  // namespace noshare::extract
