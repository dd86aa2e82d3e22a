// Sniffing: what a part really is, by its first bytes.
//
// In:  decoded bytes     Out: a media type ("application/pdf"), "" if nothing is known of
// them The declared type and the file name are not asked: both are the sender's words.
#pragma once

#include <string_view>

namespace noshare::extract {

struct Sniffed {
  std::string_view type;   // "" if no signature fits
  bool encrypted = false;  // the format itself says that its content is encrypted
};

Sniffed sniff(std::string_view bytes);

// Of all the bytes of a run that nothing says is a file. Two bytes make the mark of zlib:
// many a run of random bytes has them, and unpacks to nothing.
bool is_file_by_chance(std::string_view bytes);

// True if the bytes can be read as text in some charset: no NULs apart from those of
// UTF-16 and UTF-32, and hardly any control characters.
bool is_texty(std::string_view bytes);

}  // namespace noshare::extract
