// TableView: the column header above a place in text that has rows.
//
// In:  text with lines of cells, separated by tabs, '|', ';' or ','
// Out: the header cell of the column in which a place stands
// A table is two or more lines in a row with the same number of the same separator; its
// header is the first line, if that holds words and no long numbers. Prose that looks
// like a table does no harm: its "header" is a few words more that count as near.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

class TableView {
 public:
  void reset(std::string_view text);

  // The header cell for byte `at`; empty (begin == end) outside tables and in the header
  // itself.
  model::Span header_of(std::uint32_t at);

 private:
  struct Table {
    model::Span header;  // the first line
    std::uint32_t end = 0;
    char separator = ',';
  };
  void find_tables();
  std::uint32_t column_of(const Table& table, std::uint32_t at);

  std::string_view text_;
  bool searched_ = false;
  std::vector<Table> tables_;
  // The last place asked for, so that a row is not counted anew for each of its cells.
  std::uint32_t last_at_ = 0, last_line_ = 0, last_column_ = 0;
};

}  // namespace noshare::detect
