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

}  // namespace noshare::detect
