// Two walks over the candidates of a stretch: the first counts, the second marks.
#include "detect/column_evidence.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kMostRows = 1'000;  // a column's kind is plain by then
constexpr std::uint32_t kLeastForIt = 5;    // 10^-5 by chance, for a check digit
constexpr std::uint32_t kLeastAgainst = 10;
constexpr std::uint32_t kPlainCodes = 32;
constexpr std::uint32_t kShareForIt = 80;  // per cent of the codes
constexpr std::uint32_t kShareAgainst = 30;
constexpr std::size_t kMostCodeBytes = 64;
constexpr int kLeastCodeDigits = 3;
constexpr int kMostLowerCase = 3;  // in a row: more is a word

std::string_view bare(std::string_view text, model::Span cell) {
  std::string_view value = trimmed(text.substr(cell.begin, cell.end - cell.begin));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = trimmed(value.substr(1, value.size() - 2));
  return value;
}

bool is_code(std::string_view value) {
  if (value.size() > kMostCodeBytes) return false;
  int digits = 0, lower = 0;
  for (char c : value) {
    digits += is_ascii_digit(c) ? 1 : 0;
    lower = is_ascii_lower(c) ? lower + 1 : 0;
    if (lower > kMostLowerCase || static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return digits >= kLeastCodeDigits;
}

}  // namespace

void ColumnEvidence::reset(std::string_view text, TableView* tables) {
  text_ = text;
  tables_ = tables;
  judged_.clear();
  last_begin_ = UINT32_MAX;
  last_cell_ = {};
}

ColumnEvidence::Column& ColumnEvidence::column_of(const TableCell& cell) {
  auto& columns = judged_[cell.table].columns;
  if (cell.column >= columns.size()) columns.resize(cell.column + 1);
  return columns[cell.column];
}

ColumnEvidence::Matches& ColumnEvidence::matches_of(Column& column,
                                                    std::uint32_t pattern) {
  const auto known =
      std::find_if(column.matches.begin(), column.matches.end(),
                   [&](const Matches& matches) { return matches.pattern == pattern; });
  if (known != column.matches.end()) return *known;
  column.matches.push_back({pattern});
  return column.matches.back();
}

void ColumnEvidence::read_rows(std::uint32_t table, std::uint32_t limit) {
  if (judged_.empty()) judged_.resize(tables_->count());
  Judged& judged = judged_[table];
  const model::Span rows = tables_->rows_of(table);
  judged.to = std::max(judged.to, rows.begin);
  while (judged.rows < kMostRows && judged.to < std::min(limit, rows.end)) {
    judged.to =
        tables_->walk_row(table, judged.to, [&](std::uint32_t number, model::Span span) {
          const TableCell cell{table, 0, number, span};
          if (is_code(bare(text_, span))) ++column_of(cell).codes;
        });
    ++judged.rows;
  }
}

const TableCell& ColumnEvidence::cell_at(std::uint32_t begin) {
  if (begin == last_begin_) return last_cell_;
  last_begin_ = begin;
  last_cell_ = tables_->cell_of(begin);
  if (last_cell_.exists()) {
    const std::string_view value = bare(text_, last_cell_.text);
    last_value_.begin = static_cast<std::uint32_t>(value.data() - text_.data());
    last_value_.end = last_value_.begin + static_cast<std::uint32_t>(value.size());
  }
  return last_cell_;
}

const TableCell* ColumnEvidence::whole_cell_of(model::Span match) {
  const TableCell& cell = cell_at(match.begin);
  const bool whole = cell.exists() && match.begin <= last_value_.begin &&
                     match.end >= last_value_.end && match.end <= cell.text.end;
  return whole ? &cell : nullptr;
}

const ColumnEvidence::Kind* ColumnEvidence::kind_at(std::uint32_t begin) {
  static const Kind kUnknown;
  const TableCell& cell = cell_at(begin);
  if (!cell.exists()) return nullptr;
  if (judged_.empty() || cell.column >= judged_[cell.table].columns.size())
    return &kUnknown;
  return &judged_[cell.table].columns[cell.column].kind;
}

void ColumnEvidence::settle_kind(Column& column) const {
  if (column.codes < kPlainCodes) return;
  column.kind.is_plain = true;
  ++column.kind.version;
  column.kind.live = PatternSet(patterns_);
  for (const Matches& matches : column.matches) {
    if (matches.count * 100 > column.codes * kShareAgainst)
      column.kind.live.add(matches.pattern);
  }
}

Candidate::Column ColumnEvidence::verdict_on(const Candidate& candidate, Column& column) {
  const std::uint32_t all = column.codes;
  const std::uint32_t of_kind = matches_of(column, candidate.pattern).count;
  if (candidate.checked && of_kind >= kLeastForIt && of_kind * 100 >= all * kShareForIt)
    return Candidate::Column::kAgrees;
  if (all >= kLeastAgainst && of_kind * 100 <= all * kShareAgainst)
    return Candidate::Column::kDisagrees;
  return Candidate::Column::kSaysNothing;
}

void ColumnEvidence::mark(std::span<Candidate> found, std::uint32_t limit) {
  cells_.clear();
  touched_.clear();
  std::uint32_t last_table = TableCell::kNoTable;
  for (const Candidate& candidate : found) {
    const TableCell* whole = whole_cell_of(candidate.span);
    cells_.push_back(whole != nullptr ? *whole : TableCell{});
    if (whole == nullptr) continue;
    const TableCell& cell = cells_.back();
    if (cell.table != last_table) {
      read_rows(cell.table, limit);
      touched_.push_back(cell.table);
    }
    last_table = cell.table;
    if (cell.row >= judged_[cell.table].to) continue;
    Matches& matches = matches_of(column_of(cell), candidate.pattern);
    if (matches.last_row == cell.row) continue;
    matches.last_row = cell.row;
    ++matches.count;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (cells_[i].exists()) found[i].column = verdict_on(found[i], column_of(cells_[i]));
  }
  for (const std::uint32_t table : touched_) {
    Judged& judged = judged_[table];
    if (judged.settled == judged.to) continue;
    judged.settled = judged.to;
    for (Column& column : judged.columns) settle_kind(column);
  }
}

}  // namespace noshare::detect
