// Reads columns of names; see name_columns.h.
#include "detect/recognizers/name_columns.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "noshare/base/text.h"

#include "detect/recognizers/name_table.h"
#include "detect/recognizers/name_words.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostHeaderBytes = 1024;
constexpr std::size_t kMostCells = 64;
constexpr std::size_t kMostNameBytes = 80;
constexpr std::size_t kMostJudgedCells = 200;  // a column's kind is plain by then
constexpr std::size_t kLeastShare = 2;         // one cell in two must read as a name

// kFull: heads of columns of names, but of other things as well: the cells must tell.
enum class Column { kOther, kFull, kGiven, kFamily };

// Beside a column of given (family) names these head the family (given) names.
constexpr auto kFamilyBeside = std::to_array<std::string_view>({"nom", "nume", "name"});
constexpr auto kGivenBeside =
    std::to_array<std::string_view>({"nombre", "nome", "имя", "ime"});

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t limit = at > kMostHeaderBytes ? at - kMostHeaderBytes : 0;
  std::size_t begin = at;
  while (begin > limit && text[begin - 1] != '\n') --begin;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  return text.substr(begin, end - begin);
}

// Cells of one line, trimmed, quotation marks taken off; views into `line`.
std::vector<std::string_view> cells_of(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t at = 0; at <= line.size() && cells.size() < kMostCells; ++at) {
    if (at < line.size() && line[at] == '"') quoted = !quoted;
    if (at < line.size() && (line[at] != separator || quoted)) continue;
    std::string_view cell = trimmed(line.substr(begin, at - begin));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
      cell = cell.substr(1, cell.size() - 2);
    }
    cells.push_back(cell);
    begin = at + 1;
  }
  return cells;
}

std::string word_of(std::string_view head) {
  std::string word = folded(head);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-' || c == '.'; },
      '_');
  return word;
}

template <class Heads>
bool is_one_of(const Heads& heads, std::string_view word) {
  return std::find(heads.begin(), heads.end(), word) != heads.end();
}

Column column_of(const std::string& word) {
  const unsigned classes = name_words::table().classes_of(word);
  if ((classes & name_words::kHeadFull) != 0) return Column::kFull;
  if ((classes & name_words::kHeadGiven) != 0) return Column::kGiven;
  if ((classes & name_words::kHeadFamily) != 0) return Column::kFamily;
  return Column::kOther;
}

struct Header {
  char separator = ',';
  std::vector<Column> columns;
  bool has(Column column) const {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  }
};

Header header_of(const std::vector<std::string_view>& cells, char separator) {
  Header header{separator, {}};
  std::vector<std::string> words;
  for (const std::string_view cell : cells) {
    words.push_back(word_of(cell));
    header.columns.push_back(column_of(words.back()));
  }
  const bool given = header.has(Column::kGiven), family = header.has(Column::kFamily);
  for (std::size_t i = 0; i < words.size() && given != family; ++i) {
    if (header.columns[i] == Column::kGiven || header.columns[i] == Column::kFamily)
      continue;
    if (given && is_one_of(kFamilyBeside, words[i])) header.columns[i] = Column::kFamily;
    if (family && is_one_of(kGivenBeside, words[i])) header.columns[i] = Column::kGiven;
  }
  return header;
}

std::optional<Header> read_header(std::string_view line) {
  if (line.size() > kMostHeaderBytes) return std::nullopt;
  for (const char separator : {',', ';', '\t', '|'}) {
    const auto cells = cells_of(line, separator);
    if (cells.size() < 2) continue;
    Header header = header_of(cells, separator);
    if (header.has(Column::kFull) || header.has(Column::kGiven) ||
        header.has(Column::kFamily))
      return header;
  }
  return std::nullopt;
}

// True if the words are those of a person: some given name, and no word of firms, things
// or places.
bool reads_as_name(std::string_view cell) {
  bool given = false, uncommon = false;
  for (std::size_t begin = 0; begin < cell.size();) {
    std::size_t end = begin;
    while (end < cell.size() && cell[end] != ' ' && cell[end] != ',' && cell[end] != '-')
      ++end;
    const std::string word = folded(cell.substr(begin, end - begin));
    begin = end + 1;
    if ((name_words::table().classes_of(word) & name_words::kNotName) != 0) return false;
    const unsigned known = name_table::lookup(word);
    given = given || (known & name_table::kFirst) != 0;
    uncommon =
        uncommon ||
        ((known & (name_table::kFirst | name_table::kLast)) != 0 &&
         ((known & name_table::kCommon) == 0 || (known & name_table::kWellKnown) != 0));
  }
  return given && uncommon;
}

bool is_name_cell(std::string_view cell) {
  if (cell.empty() || cell.size() > kMostNameBytes) return false;
  return std::none_of(cell.begin(), cell.end(),
                      [](char c) { return is_ascii_digit(c) || c == '@' || c == '/'; });
}

model::Span span_of(std::string_view text, std::string_view piece) {
  const auto begin = static_cast<std::uint32_t>(piece.data() - text.data());
  return {begin, begin + static_cast<std::uint32_t>(piece.size())};
}

// The names of one row: each full name, and given and family name together where they are
// neighbours.
void read_row(std::string_view text, const Header& header,
              const std::vector<std::string_view>& cells,
              std::vector<ColumnName>& names) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Column column = header.columns[i];
    if (column == Column::kOther || !is_name_cell(cells[i])) continue;
    ColumnName name{span_of(text, cells[i]), cells[i].find(' ') != std::string_view::npos,
                    i};
    const Column next = i + 1 < cells.size() ? header.columns[i + 1] : Column::kOther;
    const bool pair = (column == Column::kGiven && next == Column::kFamily) ||
                      (column == Column::kFamily && next == Column::kGiven);
    if (pair && is_name_cell(cells[i + 1])) {
      name = {{name.span.begin, span_of(text, cells[i + 1]).end}, true, i};
      ++i;
    }
    names.push_back(name);
  }
}

// Drops the columns whose head says "name" and whose cells are things, regions, firms.
void drop_other_columns(std::string_view text, const Header& header,
                        std::vector<ColumnName>& names) {
  struct Count {
    std::size_t cells = 0, persons = 0;
  };
  std::vector<Count> counts(header.columns.size());
  for (const ColumnName& name : names) {
    Count& count = counts[name.column];
    if (count.cells == kMostJudgedCells) continue;
    ++count.cells;
    const auto size = name.span.end - name.span.begin;
    count.persons += reads_as_name(text.substr(name.span.begin, size)) ? 1U : 0U;
  }
  std::erase_if(names, [&](const ColumnName& name) {
    const Count& count = counts[name.column];
    return header.columns[name.column] == Column::kFull &&
           count.persons * kLeastShare < count.cells;
  });
}

}  // namespace

std::uint32_t read_name_columns(std::string_view text, std::uint32_t at,
                                std::vector<ColumnName>& names) {
  const std::string_view line = line_at(text, at);
  const auto header = read_header(line);
  if (!header) return at;
  std::size_t rows = 0, rows_with_address = 0;
  std::size_t row = span_of(text, line).end;
  while (row < text.size()) {
    ++row;  // behind the line's end
    const std::size_t end = std::min(text.find('\n', row), text.size());
    const auto cells = cells_of(text.substr(row, end - row), header->separator);
    if (cells.size() != header->columns.size()) break;
    ++rows;
    if (text.substr(row, end - row).find('@') != std::string_view::npos)
      ++rows_with_address;
    read_row(text, *header, cells, names);
    row = end;
  }
  if (rows_with_address * kLeastShare < rows) drop_other_columns(text, *header, names);
  return static_cast<std::uint32_t>(std::min(row, text.size()));
}

}  // namespace noshare::detect
