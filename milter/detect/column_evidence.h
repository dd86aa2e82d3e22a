// ColumnEvidence: what the other cells of its column say about a candidate.
//
// In:  the candidates of one stretch of text after the other, and the tables
// Out: each candidate marked: its column agrees, disagrees, or says nothing
// A column in which nearly every code passes a pattern's checks is of that kind: by
// chance one in ten would. A column in which few of many codes are of a kind is of
// another, and those few are chance. At most the first rows of a table are judged, and a
// candidate is judged by the rows up to the end of its stretch. Once a column has shown
// some codes its kind is plain: what it may still hold is told before a match is weighed.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detect/candidate.h"
#include "detect/pattern_set.h"
#include "detect/table_view.h"

namespace noshare::detect {

class ColumnEvidence {
 public:
  // What a column may hold.
  struct Kind {
    bool is_plain = false;      // enough codes were read
    std::uint32_t version = 0;  // changes with `live`
    PatternSet live;            // then: the patterns of more than a few of its codes
  };

  explicit ColumnEvidence(std::size_t patterns) : patterns_(patterns) {}

  // `tables` are those of the text; both stay while candidates are marked.
  void reset(std::string_view text, TableView* tables);
  // `found` in order of place, all before `limit`, none given before.
  void mark(std::span<Candidate> found, std::uint32_t limit);

  // The kind of the column in which matches begin here; null outside tables.
  const Kind* kind_at(std::uint32_t begin);
  // Whether the match fills its cell.
  bool is_whole_cell(model::Span match) { return whole_cell_of(match) != nullptr; }

 private:
  struct Matches {
    std::uint32_t pattern = 0;
    std::uint32_t count = 0;
    std::uint32_t last_row = UINT32_MAX;  // a row counts once
  };
  struct Column {
    std::uint32_t codes = 0;       // cells that hold one number or code
    std::vector<Matches> matches;  // few: patterns that match whole cells
    Kind kind;
  };
  struct Judged {
    std::uint32_t rows = 0, to = 0;  // rows read, and where the next begins
    std::uint32_t settled = 0;       // `to` when the columns' kinds were settled
    std::deque<Column> columns;      // they stay where they are
  };
  void read_rows(std::uint32_t table, std::uint32_t limit);
  const TableCell& cell_at(std::uint32_t begin);
  // The match's cell, if it holds nothing else.
  const TableCell* whole_cell_of(model::Span match);
  Column& column_of(const TableCell& cell);
  static Matches& matches_of(Column& column, std::uint32_t pattern);
  static Candidate::Column verdict_on(const Candidate& candidate, Column& column);
  void settle_kind(Column& column) const;

  std::size_t patterns_;
  std::string_view text_;
  TableView* tables_ = nullptr;
  std::vector<Judged> judged_;          // per table
  std::vector<TableCell> cells_;        // of the candidates at hand
  std::vector<std::uint32_t> touched_;  // their tables
  // The cell in which a match was asked for last, and its value.
  std::uint32_t last_begin_ = UINT32_MAX;
  TableCell last_cell_;
  model::Span last_value_;
};

}  // namespace noshare::detect
