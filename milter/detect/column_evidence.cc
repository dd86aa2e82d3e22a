// Two walks over the candidates of a stretch: the first counts, the second marks.
#include "detect/column_evidence.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kMostRows = 1'000;  // a column's kind is plain by then
constexpr std::uint32_t kLeastForIt = 5;    // 10^-5 by chance, for a check digit
constexpr std::uint32_t kLeastAgainst = 10;
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

void ColumnEvidence::reset(std::string_view text, model::Zone zone) {
  text_ = text;
  tables_.reset(text, zone);
  judged_.clear();
  codes_.clear();
  matches_.clear();
}

void ColumnEvidence::read_rows(std::uint32_t table, std::uint32_t limit) {
  if (judged_.empty()) judged_.resize(tables_.count());
  Judged& judged = judged_[table];
  const model::Span rows = tables_.rows_of(table);
  judged.to = std::max(judged.to, rows.begin);
  while (judged.rows < kMostRows && judged.to < std::min(limit, rows.end)) {
    judged.to = tables_.walk_row(table, judged.to, [&](std::uint32_t column, auto cell) {
      if (is_code(bare(text_, cell))) ++codes_[{table, column}];
    });
    ++judged.rows;
  }
}

// The candidate's cell, if it holds nothing else.
TableCell ColumnEvidence::whole_cell_of(const Candidate& candidate) {
  const TableCell cell = tables_.cell_of(candidate.span.begin);
  if (!cell.exists()) return {};
  const std::string_view value = bare(text_, cell.text);
  const auto begin = static_cast<std::uint32_t>(value.data() - text_.data());
  const bool whole = candidate.span.begin <= begin &&
                     candidate.span.end >= begin + value.size() &&
                     candidate.span.end <= cell.text.end;
  return whole ? cell : TableCell{};
}

Candidate::Column ColumnEvidence::verdict_on(const Candidate& candidate,
                                             const Kind& kind) const {
  const auto codes = codes_.find(kind.column);
  const auto matches = matches_.find(kind);
  if (codes == codes_.end() || matches == matches_.end())
    return Candidate::Column::kSaysNothing;
  const std::uint32_t all = codes->second, of_kind = matches->second.count;
  if (candidate.checked && of_kind >= kLeastForIt && of_kind * 100 >= all * kShareForIt)
    return Candidate::Column::kAgrees;
  if (all >= kLeastAgainst && of_kind * 100 <= all * kShareAgainst)
    return Candidate::Column::kDisagrees;
  return Candidate::Column::kSaysNothing;
}

void ColumnEvidence::mark(std::span<Candidate> found, std::uint32_t limit) {
  cells_.clear();
  for (const Candidate& candidate : found) {
    const TableCell cell = whole_cell_of(candidate);
    cells_.push_back(cell);
    if (!cell.exists()) continue;
    read_rows(cell.table, limit);
    if (cell.row >= judged_[cell.table].to) continue;
    Matches& matches = matches_[{{cell.table, cell.column}, candidate.pattern}];
    if (matches.last_row == cell.row) continue;
    matches.last_row = cell.row;
    ++matches.count;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const TableCell& cell = cells_[i];
    if (!cell.exists()) continue;
    found[i].column = verdict_on(found[i], {{cell.table, cell.column}, found[i].pattern});
  }
}

}  // namespace noshare::detect
