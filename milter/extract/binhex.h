// BinHex 4.0 (RFC 1741): a Macintosh file as lines of text.
//
// In:  text from behind the line that announces it     Out: the file's name and its data
// fork; nothing if there is no such text. Checksums are not verified: programs differ.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noshare::extract {

struct BinHexFile {
  std::string name;
  std::string data;
};
std::optional<BinHexFile> decode_binhex(std::string_view text);

}  // namespace noshare::extract
