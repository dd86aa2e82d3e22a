// See escapes.h.
#include "extract/disguise/escapes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/header_block.h"
#include "extract/html_entities.h"

namespace noshare::extract {
namespace {

// One character by its number, or white space (a soft line end is none at all).
struct Escape {
  char32_t value = 0;
  std::size_t size = 0;  // bytes it is written with; 0: there is none
  bool nothing = false;
};

std::optional<unsigned> number_at(std::string_view text, std::size_t at,
                                  std::size_t digits, int base) {
  if (digits == 0 || at + digits > text.size()) return std::nullopt;
  unsigned value = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, value, base);
  if (error != std::errc() || end != begin + digits) return std::nullopt;
  return value;
}

Escape escape_of(std::string_view text, std::size_t at, std::size_t mark,
                 std::size_t digits, int base) {
  const auto value = number_at(text, at + mark, digits, base);
  if (!value || (*value < 0x20 && !is_ascii_space(static_cast<char>(*value))) ||
      *value > 0x10FFFF || (*value >= 0xD800 && *value < 0xE000)) {
    return {};
  }
  return {static_cast<char32_t>(*value), mark + digits};
}

// "\N{DIGIT FOUR}", as Python and Perl write it.
Escape named_digit(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 10> kNames = {
      "ZERO}", "ONE}", "TWO}",   "THREE}", "FOUR}",
      "FIVE}", "SIX}", "SEVEN}", "EIGHT}", "NINE}"};
  constexpr std::size_t kMark = 9;
  for (std::size_t digit = 0; digit < kNames.size(); ++digit) {
    if (text.substr(at + kMark).starts_with(kNames[digit])) {
      return {static_cast<char32_t>(U'0' + digit), kMark + kNames[digit].size()};
    }
  }
  return {};
}

Escape backslash(std::string_view text, std::size_t at) {
  const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
  if (kind == 'x') return escape_of(text, at, 2, 2, 16);
  if (kind == 'U') return escape_of(text, at, 2, 8, 16);
  if (kind == 'u' && text.substr(at + 2, 1) == "{") {
    const std::size_t close = text.substr(0, at + 11).find('}', at);
    if (close == std::string_view::npos) return {};
    Escape escape = escape_of(text, at, 3, close - at - 3, 16);
    if (escape.size > 0) ++escape.size;
    return escape;
  }
  if (kind == 'u') {
    // Beyond 16 bits: two halves (RFC 8259 section 7).
    const auto high = number_at(text, at + 2, 4, 16);
    const auto low = high && text.substr(at + 6, 2) == "\\u"
                         ? number_at(text, at + 8, 4, 16)
                         : std::nullopt;
    if (high && low && *high >= 0xD800 && *high < 0xDC00 && *low >= 0xDC00 &&
        *low < 0xE000) {
      return {0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00), 12};
    }
    return escape_of(text, at, 2, 4, 16);
  }
  if (kind == '/') return {U'/', 2};
  if (kind == '\'') return escape_of(text, at, 2, 2, 16);                      // RTF
  if (text.substr(at + 1, 4) == "0000") return escape_of(text, at, 1, 6, 16);  // CSS
  if (text.substr(at + 1, 8) == "N{DIGIT ") return named_digit(text, at);
  if (kind >= '0' && kind <= '7') return escape_of(text, at, 1, 3, 8);
  return {};
}

Escape reference(std::string_view text, std::size_t at) {
  const CharacterReference found = character_reference(text.substr(at));
  if (found.bytes == 0) return {};
  return {code_point_at(found.text(), 0).value, found.bytes};
}

// The escape that begins at `at`.
Escape escape_at(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '\\':
      return backslash(text, at);
    case '&':
      return reference(text, at);
    case '%':
      return text.substr(at + 1, 1) == "u" ? escape_of(text, at, 2, 4, 16)
                                           : escape_of(text, at, 1, 2, 16);
    case '=':
      if (text.substr(at + 1, 1) == "\n") return {0, 2, true};
      if (text.substr(at + 1, 2) == "\r\n") return {0, 3, true};
      return escape_of(text, at, 1, 2, 16);
    case 'U':
      return text.substr(at + 1, 1) == "+" ? escape_of(text, at, 2, 4, 16) : Escape{};
    default:
      return {};
  }
}

// Where the next escape may begin, from `at` on; the end if there is none.
std::size_t next_mark(std::string_view text, std::size_t at) {
  return next_place<0, 1>(text, at, [](const auto& bytes) {
    const Bytes c = bytes(0);
    return c.is('\\') | c.is('&') | c.is('%') | c.is('=') |
           (c.is('U') & bytes(1).is('+'));
  });
}

// The next one from `at` on.
std::size_t next_escape(std::string_view text, std::size_t at) {
  at = next_mark(text, at);
  while (at < text.size() && escape_at(text, at).size == 0) at = next_mark(text, at + 1);
  return at;
}

// The line at `at`, on over soft line ends.
Line whole_line(std::string_view text, std::size_t at) {
  Line line = line_at(text, at);
  while (line.text.ends_with('=') && line.next < text.size()) {
    line = line_at(text, line.next);
  }
  return {text.substr(at, line.next - at), line.next};
}

class EscapeReader {
 public:
  EscapeReader(std::string_view text, bool mapped) : text_(text), out_(mapped) {}

  MappedText read() {
    std::size_t at = next_escape(text_, 0);
    while (at < text_.size()) {
      // Lines before it have none, nor do they go on softly.
      const std::size_t before = text_.find_last_of('\n', at);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const Line line = whole_line(text_, begin);
      if (is_worth_reading(line.text)) {
        put(line.text, begin, "");
        // "?card=4111%201111": what parts a name and its value is no escape.
        if (has_both(line.text)) put(line.text, begin, "=");
      }
      at = next_escape(text_, line.next);
    }
    return out_.text().empty() ? MappedText{} : out_.finish(text_.size());
  }

 private:
  // True if escapes hide what is looked for: letters and digits, what parts digits, or
  // the sign of an address.
  static bool is_worth_reading(std::string_view line) {
    constexpr std::ptrdiff_t kFewestDigits = 7;
    std::size_t escapes = 0;
    std::ptrdiff_t digits = std::count_if(line.begin(), line.end(), is_ascii_digit);
    for (std::size_t at = next_mark(line, 0); at < line.size();
         at = next_mark(line, at + 1)) {
      const Escape escape = escape_at(line, at);
      if (escape.size == 0) continue;
      ++escapes;
      digits += escape.nothing || escape.value >= 0x80 ? 0 : 1;
      // A line that ends in the middle of a word.
      const bool inside = at > 0 && is_ascii_alnum(line[at - 1]) &&
                          at + escape.size < line.size() &&
                          is_ascii_alnum(line[at + escape.size]);
      if (escape.nothing && inside && digits > 0) return true;
      if (escape.value == U'@' && inside && !is_in_link(line, at)) return true;
    }
    return escapes > 0 && digits >= kFewestDigits;
  }

  // Escapes of quoted-printable, and others.
  static bool has_both(std::string_view line) {
    bool quoted = false;
    bool others = false;
    for (std::size_t at = next_mark(line, 0); at < line.size();
         at = next_mark(line, at + 1)) {
      const Escape escape = escape_at(line, at);
      if (escape.size == 0 || escape.nothing) continue;
      (line[at] == '=' ? quoted : others) = true;
    }
    return quoted && others;
  }

  // Addresses of the web hold escapes by nature.
  static bool is_in_link(std::string_view line, std::size_t at) {
    const std::size_t space = line.find_last_of(" \t\n<\"", at);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return line.substr(begin, at - begin).find_first_of("/?=") != std::string_view::npos;
  }

  // `plain`: signs that begin no escape.
  void put(std::string_view line, std::size_t begin, std::string_view plain) {
    std::size_t at = 0;
    while (at < line.size()) {
      const std::size_t mark = next_mark(line, at);
      out_.copy(line.substr(at, mark - at), begin + at);
      at = mark;
      if (at == line.size()) break;
      const Escape escape =
          plain.find(line[at]) == plain.npos ? escape_at(line, at) : Escape{};
      if (escape.size == 0) {
        out_.copy(line.substr(at, 1), begin + at);
        ++at;
        continue;
      }
      if (!escape.nothing) put_value(escape, begin + at);
      at += escape.size;
      // "U+0034 U+0031": the space belongs to the notation.
      if (line[mark] == 'U' && line.substr(at, 3) == " U+") ++at;
    }
    if (!line.ends_with('\n')) out_.replace("\n", begin + line.size());
  }

  void put_value(const Escape& escape, std::size_t origin) {
    std::string utf8;
    append_utf8(utf8, escape.value);
    out_.replace(utf8, origin);
  }

  std::string_view text_;
  TextBuilder out_;
};

}  // namespace

MappedText without_escapes(std::string_view text, bool mapped) {
  return EscapeReader(text, mapped).read();
}

}  // namespace noshare::extract
