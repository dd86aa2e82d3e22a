// Tables are looked for once per segment, when a candidate first asks.
#include "detect/table_view.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "noshare/base/text.h"

#include "detect/line_marks.h"

namespace noshare::detect {
namespace {

// Marks that a line has at least to be a row: commas are common in prose.
constexpr std::array<std::uint32_t, kCellMarks.size()> kLeastMarks{1, 1, 1, 2};
constexpr std::size_t kMostHeaderBytes = 8192;
constexpr int kMostHeaderDigits = 4;      // in a cell: a year
constexpr int kMostLinesAboveHeader = 4;  // titles, dates

std::uint32_t line_end(std::string_view text, std::uint32_t begin) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
}

// "(1, 'Ann', 'x'),": the comma behind a row of SQL separates rows, not cells.
bool is_row_of_sql(std::string_view line) {
  return line.ends_with("),") || line.ends_with("),\r");
}

// The first mark that makes the line a row, by its index; kCellMarks.size() if none does.
std::size_t separator_of(const MarkedLine& line) {
  std::size_t found = 0;
  while (found < kCellMarks.size() && line.counts[found] < kLeastMarks[found]) ++found;
  return found;
}

// Whether a line goes on with a table whose first row has so many separators. Quoted
// cells may hold more of them, and rows of tabs end early where their last cells are
// empty. Prose has commas in any number, so those must be as many.
bool goes_on(const MarkedLine& line, std::size_t separator, std::uint32_t cells,
             std::uint32_t here) {
  if (kCellMarks[separator] == ',' && here > cells && !line.quoted) return false;
  return here >= (kCellMarks[separator] == '\t' ? 1 : cells);
}

// What the cells of a line hold.
struct LineContent {
  int filled = 0;          // cells with letters or digits
  int named = 0;           // cells with a letter
  bool has_value = false;  // a longer number or an address in some cell
};

LineContent content_of(std::string_view line, char separator) {
  LineContent content;
  int digits = 0;
  bool has_letter = false;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const char c = i < line.size() ? line[i] : separator;
    if (c == separator) {
      content.filled += has_letter || digits > 0 ? 1 : 0;
      content.named += has_letter ? 1 : 0;
      content.has_value = content.has_value || digits > kMostHeaderDigits;
      digits = 0;
      has_letter = false;
    }
    digits += is_ascii_digit(c) ? 1 : 0;
    has_letter = has_letter || is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
    content.has_value = content.has_value || c == '@';
  }
  return content;
}

}  // namespace

void TableView::reset(std::string_view text, model::Zone zone) {
  text_ = text;
  whole_ = zone == model::Zone::kCell;
  searched_ = false;
  tables_.clear();
  last_at_ = last_line_ = last_column_ = last_cell_ = last_cell_end_ = 0;
  last_quoted_ = false;
}

void TableView::add_table(std::uint32_t begin, std::uint32_t end, char separator) {
  Table table{{}, begin, end, separator, {}};
  std::uint32_t line = begin;
  for (int i = 0; i <= kMostLinesAboveHeader && line < end; ++i) {
    const model::Span span{line, line_end(text_, line)};
    const std::string_view text = text_.substr(span.begin, span.end - span.begin);
    line = span.end + 1;
    const std::size_t mark = text.find(separator);
    const bool is_wide = mark != std::string_view::npos &&
                         !(separator == ',' && is_row_of_sql(text) &&
                           text.find(separator, mark + 1) == std::string_view::npos);
    const LineContent content = content_of(text, separator);
    // One name in a line of several cells is a title above the table.
    if (is_wide && content.filled < 2) continue;
    if (content.named == 0 || content.has_value || text.size() > kMostHeaderBytes) break;
    table.header = span;
    table.begin = std::min(line, end);
    break;
  }
  if (table.begin < table.end) tables_.push_back(table);
}

void TableView::find_tables() {
  searched_ = true;
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (whole_) return add_table(0, size, '\t');
  LineMarks lines(text_);
  MarkedLine line;
  for (bool more = lines.next(line); more;) {
    const std::size_t separator = separator_of(line);
    if (separator == kCellMarks.size()) {
      more = lines.next(line);
      continue;
    }
    const auto marks = [&] {
      const bool behind_row =
          kCellMarks[separator] == ',' &&
          is_row_of_sql(text_.substr(line.begin, line.end - line.begin));
      return line.counts[separator] - (behind_row ? 1U : 0U);
    };
    const std::uint32_t begin = line.begin, cells = marks();
    std::uint32_t end = 0;
    while ((more = lines.next(line)) && goes_on(line, separator, cells, marks()))
      end = std::min(line.end + 1, size);
    if (end != 0) add_table(begin, end, kCellMarks[separator]);
  }
}

TableView::Table* TableView::table_at(std::uint32_t at) {
  if (!searched_) find_tables();
  const auto after = std::upper_bound(
      tables_.begin(), tables_.end(), at,
      [](std::uint32_t place, const Table& table) { return place < table.begin; });
  if (after == tables_.begin()) return nullptr;
  Table& table = *std::prev(after);
  return at < table.end ? &table : nullptr;
}

// Leaves line, column and cell of `at` in last_…, going on from there where it can: each
// byte is read once for places in rising order.
void TableView::find_cell(const Table& table, std::uint32_t at) {
  const std::uint32_t known = at >= last_at_ ? last_at_ : 0;
  const std::size_t newline = text_.substr(known, at - known).rfind('\n');
  if (newline != std::string_view::npos || known == 0) {
    last_line_ = newline == std::string_view::npos
                     ? 0
                     : known + static_cast<std::uint32_t>(newline + 1);
    last_at_ = last_cell_ = last_line_;
    last_cell_end_ = last_column_ = 0;
    last_quoted_ = false;
  }
  for (; last_at_ < at; ++last_at_) {
    if (text_[last_at_] == '"') last_quoted_ = !last_quoted_;
    if (text_[last_at_] != table.separator || last_quoted_) continue;
    ++last_column_;
    last_cell_ = last_at_ + 1;
  }
}

TableCell TableView::cell_of(std::uint32_t at) {
  const Table* table = table_at(at);
  if (table == nullptr) return {};
  find_cell(*table, at);
  if (last_cell_end_ < at) {
    std::uint32_t end = at;
    for (bool quoted = last_quoted_; end < table->end && text_[end] != '\n'; ++end) {
      if (text_[end] == '"') quoted = !quoted;
      if (text_[end] == table->separator && !quoted) break;
    }
    last_cell_end_ = end;
  }
  return {static_cast<std::uint32_t>(table - tables_.data()),
          last_line_,
          last_column_,
          {last_cell_, last_cell_end_}};
}

void TableView::cut_header(Table& table) const {
  std::uint32_t begin = table.header.begin;
  for (std::uint32_t i = begin; i <= table.header.end; ++i) {
    if (i < table.header.end && text_[i] != table.separator) continue;
    table.header_cells.push_back({begin, i});
    begin = i + 1;
  }
}

model::Span TableView::header_of(std::uint32_t at) {
  Table* table = table_at(at);
  if (table == nullptr || table->header.begin == table->header.end) return {};
  if (table->header_cells.empty()) cut_header(*table);
  find_cell(*table, at);
  return last_column_ < table->header_cells.size() ? table->header_cells[last_column_]
                                                   : model::Span{};
}

std::size_t TableView::count() {
  if (!searched_) find_tables();
  return tables_.size();
}

model::Span TableView::rows_of(std::uint32_t table) const {
  return {tables_[table].begin, tables_[table].end};
}

bool TableView::has_header(std::uint32_t table) const {
  return tables_[table].header.begin != tables_[table].header.end;
}

}  // namespace noshare::detect
