// Picks the characters to be masked. See mask.h.
#include "extract/mask.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// How many letters and digits stay readable at the end; a short value keeps at most half.
constexpr std::size_t kReadable = 4;

}  // namespace

model::Span bytes_of_code_points(std::string_view text, std::uint32_t start,
                                 std::uint32_t end) {
  model::Span span;
  std::uint32_t point = 0;
  std::size_t at = 0;
  for (; at < text.size() && point < end; ++point) {
    if (point == start) span.begin = static_cast<std::uint32_t>(at);
    at += code_point_at(text, at).bytes;
  }
  span.end = static_cast<std::uint32_t>(at);
  if (point <= start) span.begin = span.end;
  return span;
}

std::vector<model::Span> masked_characters(std::string_view text, model::Span span) {
  std::vector<model::Span> characters;
  for (std::uint32_t at = span.begin; at < span.end;) {
    const CodePoint point = code_point_at(text, at);
    if (u_isalnum(static_cast<UChar32>(point.value)) != 0) {
      characters.push_back({at, at + point.bytes});
    }
    at += point.bytes;
  }
  const std::size_t kept = std::min(kReadable, characters.size() / 2);
  characters.resize(characters.size() - kept);
  return characters;
}

}  // namespace noshare::extract
