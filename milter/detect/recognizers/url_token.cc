// Looks at what surrounds a place in a text; see url_token.h.
#include "detect/recognizers/url_token.h"

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {
constexpr std::size_t kMostTokenBytes = 256;
}

bool is_inside_url(std::string_view text, model::Span span) noexcept {
  std::size_t begin = span.begin;
  const std::size_t least = begin > kMostTokenBytes ? begin - kMostTokenBytes : 0;
  while (begin > least && !is_ascii_space(text[begin - 1]) && text[begin - 1] != '<' &&
         text[begin - 1] != '"') {
    --begin;
  }
  const std::string_view token = text.substr(begin, span.begin - begin);
  return token.find("://") != std::string_view::npos || token.starts_with("www.");
}

bool ends_unspaced_word(std::string_view text, std::size_t at) noexcept {
  if (at == 0) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  return is_unspaced_script(code_point_at(text, begin).value);
}

bool begins_unspaced_word(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && is_unspaced_script(code_point_at(text, at).value);
}

bool is_unspaced_script(char32_t c) noexcept {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3000 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF);
}

}  // namespace noshare::detect
