// Charsets: decoded bytes of a text part to UTF-8, by ICU.
//
// In:  bytes and the label the mail gives them, which may be missing, unknown or wrong
// Out: well-formed UTF-8, and the map back to the bytes when asked for
// The label is believed unless the bytes speak against it: a byte order mark, the pattern
// of NULs that UTF-16 and UTF-32 leave, or well-formed UTF-8 where the label claims a
// one-byte charset. Without a usable label: UTF-8, and Windows-1252 for whatever is none.
#pragma once

#include <string>
#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

struct DecodedText {
  MappedText text;
  std::string charset;  // the one that was used: "UTF-8", "windows-1252", ...
  bool label_known = true;
  bool clean = true;  // false: some bytes had no meaning in that charset
};

DecodedText decode_charset(std::string_view bytes, std::string_view label, bool mapped);

// Bytes of `text` (UTF-8) in `charset`, as decode_charset named it. Used for masking.
// Empty if a character does not exist there.
std::string encode_charset(std::string_view text, const std::string& charset);

// UTF-16 or UTF-32 without a byte order mark: Latin text shows a NUL in every second (or
// in three of four) bytes, always at the same place. The charset's name, or "".
std::string_view wide_charset(std::string_view bytes);
bool has_byte_order_mark(std::string_view bytes);

// The charset that a <meta> element near the beginning of HTML names, or "".
std::string_view html_charset(std::string_view html);

}  // namespace noshare::extract
