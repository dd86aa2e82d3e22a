// Joins soft line breaks. See flowed.h.
#include "extract/flowed.h"

#include "extract/header_block.h"

namespace noshare::extract {
namespace {

// The number of '>' at the line's begin.
std::size_t quote_depth(std::string_view line) {
  std::size_t depth = 0;
  while (depth < line.size() && line[depth] == '>') ++depth;
  return depth;
}

}  // namespace

MappedText unflowed(std::string_view text, bool delete_space, bool mapped) {
  TextBuilder out(mapped);
  out.reserve(text.size());
  bool joining = false;  // the last line ended softly
  std::size_t last_depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Line line = line_at(text, at);
    const std::size_t depth = quote_depth(line.text);
    std::string_view content = line.text.substr(depth);
    const bool stuffed = content.starts_with(' ');
    if (stuffed) content.remove_prefix(1);
    const std::size_t content_begin = at + depth + (stuffed ? 1 : 0);
    // A paragraph ends where the depth changes, whatever its last line says
    // (section 4.5).
    if (joining && depth != last_depth) {
      out.replace("\n", at);
      joining = false;
    }
    if (!joining) {
      out.copy(text.substr(at, depth), at);
      if (depth > 0 && stuffed) out.copy(" ", at + depth);
    }
    const bool signature = content == "-- ";
    joining = content.ends_with(' ') && !signature;
    last_depth = depth;
    if (joining && delete_space) content.remove_suffix(1);
    out.copy(content, content_begin);
    if (!joining) {
      const std::size_t end = at + line.text.size();
      out.copy(text.substr(end, line.next - end), end);
    }
    at = line.next;
  }
  return out.finish(text.size());
}

}  // namespace noshare::extract
