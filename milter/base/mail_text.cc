#include "noshare/base/mail_text.h"

#include "noshare/base/text.h"

namespace noshare {

namespace {

void append_escaped(std::string& text, char c) {
  constexpr char kHex[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  text += {'=', kHex[byte >> 4U], kHex[byte & 15U]};
}

}  // namespace

// Every word carries a few code points only, so that none is longer than it may be.
std::string encoded_words(std::string_view given) {
  constexpr std::size_t kBytesPerWord = 18;
  const std::string text = to_valid_utf8(given);
  std::string result;
  std::size_t used = kBytesPerWord;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = code_point_at(text, at).bytes;
    if (used + size > kBytesPerWord) {
      result += result.empty() ? "=?UTF-8?Q?" : "?= =?UTF-8?Q?";
      used = 0;
    }
    for (const char c : std::string_view(text).substr(at, size))
      append_escaped(result, c);
    used += size;
    at += size;
  }
  return result + "?=";
}

std::string quoted_printable(std::string_view given) {
  constexpr std::size_t kMostColumns = 72;  // room for one escape and the soft break
  const std::string text = to_valid_utf8(given);
  std::string result;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (column > kMostColumns) {
        result += "=\r\n";
        column = 0;
      }
      const char c = line[i];
      // A dot or "From " at a line's begin is safe this way with every mail server.
      const bool is_risky =
          (column == 0 && c == '.') || (i == 0 && line.starts_with("From "));
      const bool is_plain = (c > ' ' && c < 0x7F && c != '=' && !is_risky) ||
                            ((c == ' ' || c == '\t') && i + 1 < line.size());
      const std::size_t before = result.size();
      if (is_plain) {
        result += c;
      } else {
        append_escaped(result, c);
      }
      column += result.size() - before;
    }
    result += "\r\n";
  }
  // What split() gives behind the last line end is no line.
  if (text.ends_with('\n')) result.resize(result.size() - 2);
  return result;
}

}  // namespace noshare
