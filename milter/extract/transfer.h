// Content-Transfer-Encoding: from what travels to what was meant (RFC 2045 section 6).
//
// In:  a part's bytes as they stand in the message     Out: decoded bytes, and whether
// all of them obeyed the encoding. Decoding is liberal, as mail programs are: whatever
// does not belong to the encoding is skipped (base64) or taken literally
// (quoted-printable).
#pragma once

#include <string>
#include <string_view>

namespace noshare::extract {

enum class Encoding { kIdentity, kBase64, kQuotedPrintable, kUuencode };

// From the header's value. Case, quotes, comments and trailing signs are ignored. `known`
// is false for a name nobody has registered; it reads as the identity.
struct NamedEncoding {
  Encoding encoding;
  bool known;
};
NamedEncoding encoding_from_header(std::string_view value);

struct Decoded {
  std::string bytes;
  bool clean = true;  // false: something did not belong to the encoding
};

Decoded decode_base64(std::string_view text);
Decoded decode_quoted_printable(std::string_view text);
// All blocks between "begin" and "end" lines, one after the other. Without a begin line,
// every line is taken as data.
Decoded decode_uuencode(std::string_view text);

// As `encoding` says; the identity gives a copy.
Decoded decode_transfer(std::string_view text, Encoding encoding);

// Lines of 76 characters, ended as `line_end` says (RFC 2045 section 6.8).
std::string encode_base64(std::string_view bytes, std::string_view line_end);
// Text with line ends kept, soft line breaks at 76 (RFC 2045 section 6.7).
std::string encode_quoted_printable(std::string_view bytes, std::string_view line_end);

}  // namespace noshare::extract
