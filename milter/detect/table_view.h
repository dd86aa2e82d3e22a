// TableView: rows, columns and headers of text that holds tables.
//
// In:  text with lines of cells, separated by tabs, '|', ';' or ','; a zone
// Out: for a place, its row, its cell and the header cell above it
// A table is two or more lines in a row with the same number of the same separator; lines
// with tabs may be ragged, and a spreadsheet's text (zone cell) is one table as a whole.
// Its header is the first line of a few that holds words and no long numbers; there may
// be none. Prose that looks like a table does no harm: its "header" is a few words more
// that count as near. Quotation marks enclose separators, not line ends.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

struct TableCell {
  static constexpr std::uint32_t kNoTable = UINT32_MAX;
  std::uint32_t table = kNoTable;  // its number, in order of place
  std::uint32_t row = 0;           // where its line begins
  std::uint32_t column = 0;
  model::Span text;  // without the separators
  bool exists() const { return table != kNoTable; }
};

class TableView {
 public:
  void reset(std::string_view text, model::Zone zone = model::Zone::kBody);

  // The header cell for byte `at`; empty (begin == end) outside tables and in the header
  // itself.
  model::Span header_of(std::uint32_t at);
  // The cell in which byte `at` stands; none outside tables and in the header.
  TableCell cell_of(std::uint32_t at);

  // Calls on_cell(column, span) for each cell of the line of `table` at `line`, and
  // returns where the next line begins.
  template <class OnCell>
  std::uint32_t walk_row(std::uint32_t table, std::uint32_t line, OnCell&& on_cell) const;

  std::size_t count();
  // The table's rows, without its header.
  model::Span rows_of(std::uint32_t table) const;
  bool has_header(std::uint32_t table) const;

 private:
  struct Table {
    model::Span header;                // its line; empty when there is none
    std::uint32_t begin = 0, end = 0;  // the rows below the header
    char separator = ',';
    std::vector<model::Span> header_cells;  // once they are asked for
  };
  void find_tables();
  void add_table(std::uint32_t begin, std::uint32_t end, char separator);
  Table* table_at(std::uint32_t at);
  void cut_header(Table& table) const;
  void find_cell(const Table& table, std::uint32_t at);

  std::string_view text_;
  bool whole_ = false;  // the text is one table
  bool searched_ = false;
  std::vector<Table> tables_;
  // The last place asked for, so that a row is not counted anew for each of its cells.
  std::uint32_t last_at_ = 0, last_line_ = 0, last_column_ = 0;
  std::uint32_t last_cell_ = 0, last_cell_end_ = 0;
  bool last_quoted_ = false;
};

template <class OnCell>
std::uint32_t TableView::walk_row(std::uint32_t table, std::uint32_t line,
                                  OnCell&& on_cell) const {
  const char separator = tables_[table].separator;
  const std::uint32_t end = tables_[table].end;
  std::uint32_t column = 0, begin = line, at = line;
  for (bool quoted = false; at < end && text_[at] != '\n'; ++at) {
    if (text_[at] == '"') quoted = !quoted;
    if (text_[at] != separator || quoted) continue;
    on_cell(column++, model::Span{begin, at});
    begin = at + 1;
  }
  on_cell(column, model::Span{begin, at});
  return at + 1;
}

}  // namespace noshare::detect
