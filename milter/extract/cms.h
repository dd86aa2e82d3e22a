// CMS: the content that a signed (or compressed) message carries inside itself.
//
// In:  hostile BER or DER (RFC 5652 sections 3, 5; RFC 3274)
// Out: the encapsulated content; no signature is checked
// Recursion and time are bounded; indefinite lengths and strings in pieces are followed.
#pragma once

#include <string>
#include <string_view>

#include "extract/file_reader.h"

namespace noshare::extract {

// The content of SignedData; empty if it is detached, as in multipart/signed, or broken.
std::string signed_content(std::string_view bytes);

// FormatReader of signed and compressed messages ("smime.p7m") and files ("a.pdf.p7m").
void read_cms(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
