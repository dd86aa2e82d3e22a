// Text parts: decoded bytes of plain text or HTML to segments.
//
// In:  bytes after transfer decoding, with what the header says of them
// Out: segments in the collector; an Unreadable where a charset is unknown or text is
// encrypted
#pragma once

#include <string>
#include <string_view>

#include "extract/collector.h"

namespace noshare::extract {

struct TextFacts {
  std::string_view charset;  // the label; may be empty
  bool html = false;
  bool flowed = false;
  bool delete_space = false;              // delsp=yes
  model::Zone zone = model::Zone::kBody;  // of plain text
  unsigned depth = 0;                     // messages, archives and documents around it
};

// Returns the charset that was used.
std::string read_text(std::string_view bytes, const TextFacts& facts,
                      const std::string& part, const std::string& path, Collector& out);

// True if the text begins like HTML.
bool looks_like_html(std::string_view bytes);

}  // namespace noshare::extract
