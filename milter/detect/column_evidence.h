// ColumnEvidence: what the other cells of its column say about a candidate.
//
// In:  the candidates of one stretch of text after the other, and the tables
// Out: each candidate marked: its column agrees, disagrees, or says nothing
// A column in which nearly every code passes a pattern's checks is of that kind: by
// chance one in ten would. A column in which few of many codes are of a kind is of
// another, and those few are chance. At most the first rows of a table are judged, and a
// candidate is judged by the rows up to the end of its stretch.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "detect/candidate.h"
#include "detect/table_view.h"

namespace noshare::detect {

class ColumnEvidence {
 public:
  void reset(std::string_view text, model::Zone zone);
  // `found` in order of place, all before `limit`, none given before.
  void mark(std::span<Candidate> found, std::uint32_t limit);

 private:
  struct Column {
    std::uint32_t table, column;
    auto operator<=>(const Column&) const = default;
  };
  struct Kind {
    Column column;
    std::uint32_t pattern;
    auto operator<=>(const Kind&) const = default;
  };
  struct Matches {
    std::uint32_t count = 0;
    std::uint32_t last_row = UINT32_MAX;  // a row counts once
  };
  struct Judged {
    std::uint32_t rows = 0, to = 0;  // rows read, and where the next begins
  };
  void read_rows(std::uint32_t table, std::uint32_t limit);
  TableCell whole_cell_of(const Candidate& candidate);
  Candidate::Column verdict_on(const Candidate& candidate, const Kind& kind) const;

  std::string_view text_;
  TableView tables_;
  std::vector<Judged> judged_;             // per table
  std::map<Column, std::uint32_t> codes_;  // cells that hold one number or code
  std::map<Kind, Matches> matches_;
  std::vector<TableCell> cells_;  // of the candidates at hand
};

}  // namespace noshare::detect
