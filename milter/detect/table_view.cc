// Tables are looked for once per segment, when a candidate first asks.
#include "detect/table_view.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

struct Separator {
  char mark;
  std::ptrdiff_t least;  // per line: commas are common in prose
};
constexpr Separator kSeparators[] = {{'\t', 1}, {'|', 1}, {';', 1}, {',', 2}};
constexpr std::size_t kMostHeaderBytes = 8192;
constexpr int kMostHeaderDigits = 4;  // in a row

bool can_be_header(std::string_view line) {
  int digits = 0;
  bool has_letter = false;
  for (char c : line) {
    digits = is_ascii_digit(c) ? digits + 1 : 0;
    if (digits > kMostHeaderDigits || c == '@') return false;
    has_letter = has_letter || is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
  }
  return has_letter && line.size() <= kMostHeaderBytes;
}

std::uint32_t line_end(std::string_view text, std::uint32_t begin) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
}

std::ptrdiff_t count_in(std::string_view line, char mark) {
  return std::count(line.begin(), line.end(), mark);
}

// Moves over cells from `at` to `to`; separators within quotes are text.
std::uint32_t count_cells(std::string_view text, std::uint32_t at, std::uint32_t to,
                          char separator) {
  std::uint32_t cells = 0;
  for (bool quoted = false; at < to; ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == separator && !quoted) ++cells;
  }
  return cells;
}

}  // namespace

void TableView::reset(std::string_view text) {
  text_ = text;
  searched_ = false;
  tables_.clear();
}

void TableView::find_tables() {
  searched_ = true;
  last_at_ = last_line_ = last_column_ = 0;
  for (std::uint32_t begin = 0; begin < text_.size();) {
    const model::Span first{begin, line_end(text_, begin)};
    const std::string_view line = text_.substr(first.begin, first.end - first.begin);
    begin = first.end + 1;
    const auto* found = std::find_if(
        std::begin(kSeparators), std::end(kSeparators), [&](const Separator& separator) {
          return count_in(line, separator.mark) >= separator.least;
        });
    if (found == std::end(kSeparators)) continue;
    const auto cells = count_in(line, found->mark);
    std::uint32_t end = begin;
    while (end < text_.size()) {
      const std::uint32_t next = line_end(text_, end);
      // Quoted cells may hold more separators.
      if (count_in(text_.substr(end, next - end), found->mark) < cells) break;
      end = next + 1;
    }
    if (end > begin && can_be_header(line)) tables_.push_back({first, end, found->mark});
    begin = end;
  }
}

std::uint32_t TableView::column_of(const Table& table, std::uint32_t at) {
  const std::size_t newline =
      at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
  const auto line =
      newline == std::string_view::npos ? 0 : static_cast<std::uint32_t>(newline + 1);
  if (line == last_line_ && at >= last_at_) {
    last_column_ += count_cells(text_, last_at_, at, table.separator);
  } else {
    last_line_ = line;
    last_column_ = count_cells(text_, line, at, table.separator);
  }
  last_at_ = at;
  return last_column_;
}

model::Span TableView::header_of(std::uint32_t at) {
  if (!searched_) find_tables();
  const auto after = std::upper_bound(
      tables_.begin(), tables_.end(), at,
      [](std::uint32_t place, const Table& t) { return place < t.header.begin; });
  if (after == tables_.begin()) return {};
  const Table& table = *std::prev(after);
  if (at <= table.header.end || at >= table.end) return {};
  std::uint32_t column = column_of(table, at);
  std::uint32_t begin = table.header.begin;
  for (std::uint32_t i = begin;; ++i) {
    if (i < table.header.end && text_[i] != table.separator) continue;
    if (column-- == 0) return {begin, i};
    if (i >= table.header.end) return {};
    begin = i + 1;
  }
}

}  // namespace noshare::detect
