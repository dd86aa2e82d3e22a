// See css_text.h.
#include "extract/css_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::extract {

std::string without_css_comments(std::string_view css) {
  std::string plain;
  for (std::size_t at = 0; at < css.size();) {
    const std::size_t open = std::min(css.find("/*", at), css.size());
    plain.append(css.substr(at, open - at));
    const std::size_t close = css.find("*/", std::min(open + 2, css.size()));
    at = open == css.size() || close == std::string_view::npos ? css.size() : close + 2;
  }
  return plain;
}

std::string without_css_escapes(std::string_view text) {
  constexpr std::size_t kMostDigits = 6;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      plain += text[at++];
      continue;
    }
    std::uint32_t code = 0;
    const char* begin = text.data() + ++at;
    const char* most = begin + std::min(kMostDigits, text.size() - at);
    const char* end = std::from_chars(begin, most, code, 16).ptr;
    if (end == begin) {
      plain += text[at++];
      continue;
    }
    append_utf8(plain, code);
    at += static_cast<std::size_t>(end - begin);
    if (at < text.size() && is_ascii_space(text[at])) ++at;
  }
  return plain;
}

std::vector<std::string_view> css_list(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int open = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\') {
      ++at;
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++open;
    } else if (c == ')' || c == ']') {
      --open;
    } else if (c == sign && open <= 0) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

}  // namespace noshare::extract
