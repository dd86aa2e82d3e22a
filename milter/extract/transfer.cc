// Decoders of transfer encodings. See transfer.h.
#include "extract/transfer.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/header_block.h"

namespace noshare::extract {
namespace {

constexpr std::uint8_t kSkip = 64;     // white space
constexpr std::uint8_t kPadding = 65;  // '='
constexpr std::uint8_t kForeign = 66;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> make_base64_table() {
  std::array<std::uint8_t, 256> table{};
  for (auto& entry : table) entry = kForeign;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  for (char c : {' ', '\t', '\r', '\n', '\0'})
    table[static_cast<std::uint8_t>(c)] = kSkip;
  table['='] = kPadding;
  return table;
}
constexpr auto kBase64 = make_base64_table();

std::uint8_t sextet(char c) { return kBase64[static_cast<std::uint8_t>(c)]; }

// Decodes whole groups of four alphabet characters; stops at anything else.
const char* decode_groups(const char* in, const char* end, char*& out) {
  while (end - in >= 4) {
    const std::uint32_t a = sextet(in[0]);
    const std::uint32_t b = sextet(in[1]);
    const std::uint32_t c = sextet(in[2]);
    const std::uint32_t d = sextet(in[3]);
    if (((a | b | c | d) & 0x40U) != 0) break;
    const std::uint32_t bits = a << 18U | b << 12U | c << 6U | d;
    out[0] = static_cast<char>(bits >> 16U);
    out[1] = static_cast<char>(bits >> 8U);
    out[2] = static_cast<char>(bits);
    out += 3;
    in += 4;
  }
  return in;
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_hex(std::string& text, char byte) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto value = static_cast<std::uint8_t>(byte);
  text += '=';
  text += kHex[value >> 4U];
  text += kHex[value & 15U];
}

// True and fills `out` if `line` is uuencoded data: a length character and enough groups.
bool decode_uuencoded_line(std::string_view line, std::string& out) {
  if (line.empty() || line[0] < ' ' || line[0] > '`') return false;
  const auto count = static_cast<std::size_t>((line[0] - ' ') & 63);
  const std::size_t groups = (count + 2) / 3;
  std::string bytes;
  for (std::size_t group = 0; group < groups; ++group) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t at = 1 + group * 4 + i;
      const char c =
          at < line.size() ? line[at] : ' ';  // trailing spaces get lost on the way
      if (c < ' ' || c > '`') return false;
      bits = bits << 6U | (static_cast<std::uint32_t>(c - ' ') & 63U);
    }
    bytes += static_cast<char>(bits >> 16U);
    bytes += static_cast<char>(bits >> 8U);
    bytes += static_cast<char>(bits);
  }
  bytes.resize(count);
  out += bytes;
  return true;
}

bool is_begin_line(std::string_view line) {
  return line.starts_with("begin ") && line.size() > 9 && is_ascii_digit(line[6]) &&
         is_ascii_digit(line[7]) && is_ascii_digit(line[8]);
}

}  // namespace

NamedEncoding encoding_from_header(std::string_view value) {
  std::string name;
  for (char c : value) {
    if (c == '(' || c == ';') break;
    if (is_ascii_alnum(c) || c == '-') name += ascii_lower(c);
  }
  if (name == "base64") return {Encoding::kBase64, true};
  if (name == "quoted-printable") return {Encoding::kQuotedPrintable, true};
  if (name == "x-uuencode" || name == "uuencode" || name == "x-uue" || name == "uue") {
    return {Encoding::kUuencode, true};
  }
  const bool known = name.empty() || name == "7bit" || name == "8bit" || name == "binary";
  return {Encoding::kIdentity, known};
}

Decoded decode_base64(std::string_view text) {
  Decoded result;
  result.bytes.resize(text.size() / 4 * 3 + 6);
  char* out = result.bytes.data();
  const char* in = text.data();
  const char* const end = in + text.size();
  std::uint32_t bits = 0;
  unsigned filled = 0;  // sextets in `bits`, at most four
  std::size_t blanks = 0;
  const auto flush = [&] {
    bits <<= 6U * (4 - filled);
    for (unsigned i = 1; i < filled; ++i)
      *out++ = static_cast<char>(bits >> (24 - 8 * i));
    bits = 0;
    filled = 0;
  };
  while (in < end) {
    if (filled == 0) in = decode_groups(in, end, out);
    if (in == end) break;
    if (*in == ' ') ++blanks;
    const std::uint8_t value = sextet(*in++);
    if (value < kSkip) {
      bits = bits << 6U | value;
      if (++filled == 4) flush();
    } else if (value == kPadding) {
      flush();  // several padded blocks one after the other are read on
    } else if (value == kForeign) {
      result.clean = false;
    }
  }
  flush();
  // Words with spaces between them are text that was labelled wrongly.
  if (blanks * 20 > text.size()) result.clean = false;
  result.bytes.resize(static_cast<std::size_t>(out - result.bytes.data()));
  return result;
}

Decoded decode_quoted_printable(std::string_view text) {
  Decoded result;
  result.bytes.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t equals = std::min(text.find('=', at), text.size());
    result.bytes.append(text, at, equals - at);
    at = equals + 1;
    if (equals == text.size()) break;
    // A soft line break, white space before its end allowed.
    std::size_t blank = at;
    while (blank < text.size() && (text[blank] == ' ' || text[blank] == '\t')) ++blank;
    if (blank == text.size()) break;
    if (text[blank] == '\n') {
      at = blank + 1;
    } else if (text[blank] == '\r') {
      at = blank + 1;
      if (at < text.size() && text[at] == '\n') ++at;
    } else if (at + 1 < text.size() && hex_value(text[at]) >= 0 &&
               hex_value(text[at + 1]) >= 0) {
      result.bytes +=
          static_cast<char>(hex_value(text[at]) * 16 + hex_value(text[at + 1]));
      at += 2;
    } else {
      result.bytes += '=';
      result.clean = false;
    }
  }
  return result;
}

Decoded decode_uuencode(std::string_view text) {
  Decoded result;
  const bool has_begin =
      text.starts_with("begin ") || text.find("\nbegin ") != std::string_view::npos;
  bool inside = !has_begin;
  for (std::size_t at = 0; at < text.size();) {
    const Line line = line_at(text, at);
    at = line.next;
    if (!inside) {
      inside = is_begin_line(line.text);
    } else if (line.text == "end") {
      inside = !has_begin;
    } else if (!line.text.empty() && !decode_uuencoded_line(line.text, result.bytes)) {
      result.clean = false;
    }
  }
  return result;
}

Decoded decode_transfer(std::string_view text, Encoding encoding) {
  switch (encoding) {
    case Encoding::kBase64:
      return decode_base64(text);
    case Encoding::kQuotedPrintable:
      return decode_quoted_printable(text);
    case Encoding::kUuencode:
      return decode_uuencode(text);
    case Encoding::kIdentity:
      break;
  }
  return {std::string(text), true};
}

std::string encode_base64(std::string_view bytes, std::string_view line_end) {
  constexpr std::size_t kGroupsPerLine = 19;  // 76 characters
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + bytes.size() / 57 * line_end.size() + 8);
  std::size_t groups = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    if (groups > 0 && groups % kGroupsPerLine == 0) text += line_end;
    ++groups;
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < group.size() ? static_cast<std::uint8_t>(group[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i > group.size() ? '=' : kAlphabet[bits >> (18 - 6 * i) & 63U];
    }
  }
  return text;
}

std::string encode_quoted_printable(std::string_view bytes, std::string_view line_end) {
  constexpr std::size_t kMostColumns = 75;  // and the soft break's '='
  std::string text;
  std::size_t column = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes.substr(at).starts_with(line_end)) {
      text += line_end;
      at += line_end.size();
      column = 0;
      continue;
    }
    const char c = bytes[at++];
    const std::string_view rest = bytes.substr(at);
    const bool at_line_end = rest.empty() || rest.starts_with(line_end);
    const bool blank = c == ' ' || c == '\t';
    const bool literal = (c > ' ' && c < 127 && c != '=') || (blank && !at_line_end);
    if (column + (literal ? 1 : 3) > kMostColumns) {
      text += '=';
      text += line_end;
      column = 0;
    }
    if (literal) {
      text += c;
    } else {
      append_hex(text, c);
    }
    column += literal ? 1 : 3;
  }
  return text;
}

}  // namespace noshare::extract
