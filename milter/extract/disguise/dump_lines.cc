// See dump_lines.h.
#include "extract/disguise/dump_lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "noshare/base/text.h"

#include "extract/header_block.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostDumps = 20;
constexpr std::string_view kQuoteMarks = "> \t|";

// How the words of a dump are written.
struct Form {
  std::size_t digits;
  int base;
  std::size_t bytes;
};
constexpr std::array<Form, 3> kForms = {{{6, 8, 2}, {8, 2, 1}, {8, 16, 4}}};

// The word's bytes, the lowest first; "" if it is none.
std::string bytes_of(std::string_view word, const Form& form) {
  std::uint32_t value = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, value, form.base);
  if (word.size() != form.digits || error != std::errc() || stop != end) return "";
  std::string bytes;
  for (std::size_t i = 0; i < form.bytes; ++i) {
    bytes += static_cast<char>(value >> 8 * i & 0xFFU);
  }
  return bytes;
}

// What stands behind an offset of six to eight digits at the line's beginning.
std::optional<std::string_view> behind_offset(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(kQuoteMarks), line.size()));
  std::size_t digits = 0;
  while (digits < line.size() && is_ascii_alnum(line[digits])) ++digits;
  if (digits < 6 || digits > 8) return std::nullopt;
  if (line.substr(digits, 1) == ":") ++digits;
  return line.substr(digits);
}

// Words up to the first that is none, or to the column of characters behind them.
std::string words_of(std::string_view line, const Form& form) {
  std::string bytes;
  while (line.size() > 1 && line.front() == ' ' && (bytes.empty() || line[1] != ' ')) {
    line.remove_prefix(line.find_first_not_of(' ') == line.npos
                           ? line.size()
                           : line.find_first_not_of(' '));
    const std::string_view word = line.substr(0, line.find(' '));
    const std::string part = bytes_of(word, form);
    if (part.empty()) break;
    bytes += part;
    line.remove_prefix(word.size());
  }
  return bytes;
}

// Cells of four columns: "   a", "  \n", " 303".
std::string characters_of(std::string_view line) {
  constexpr std::size_t kCell = 4;
  std::string bytes;
  for (std::size_t at = 0; at < line.size(); at += kCell) {
    const std::string_view cell = line.substr(at, kCell);
    unsigned code = 0;
    if (cell.size() < kCell || cell[0] != ' ') return "";
    if (cell.starts_with("   ")) {
      bytes += cell[3];
    } else if (cell.starts_with("  \\")) {
      bytes += cell[3] == 't' ? '\t' : cell[3] == '0' ? '\0' : '\n';
    } else if (std::from_chars(cell.data() + 1, cell.data() + kCell, code, 8).ptr ==
               cell.data() + kCell) {
      bytes += static_cast<char>(code);
    } else {
      return "";
    }
  }
  return bytes;
}

// All lines from `at` on in one form, or with characters where there is none.
std::string dump_at(std::string_view text, std::size_t at, const Form* form) {
  std::string bytes;
  while (at < text.size()) {
    const Line line = line_at(text, at);
    const auto rest = behind_offset(line.text);
    const std::string part = !rest             ? ""
                             : form != nullptr ? words_of(*rest, *form)
                                               : characters_of(*rest);
    if (part.empty()) break;
    bytes += part;
    at = line.next;
  }
  while (bytes.ends_with('\0')) bytes.pop_back();
  return bytes;
}

// The next line from `at` on, which begins one, that begins with an offset of zero.
std::size_t next_dump(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t word = text.find_first_not_of(kQuoteMarks, at);
    if (word != text.npos && text.substr(word).starts_with("000000")) break;
    at = line_at(text, at).next;
  }
  return at;
}

}  // namespace

std::vector<std::string> bytes_of_dumps(std::string_view text) {
  std::vector<std::string> dumps;
  for (std::size_t at = next_dump(text, 0); at < text.size() && dumps.size() < kMostDumps;
       at = next_dump(text, line_at(text, at).next)) {
    for (const Form& form : kForms) dumps.push_back(dump_at(text, at, &form));
    dumps.push_back(dump_at(text, at, nullptr));
  }
  std::erase_if(dumps, [](const std::string& bytes) { return bytes.empty(); });
  return dumps;
}

}  // namespace noshare::extract
