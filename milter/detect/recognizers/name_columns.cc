// Reads columns of names; see name_columns.h.
#include "detect/recognizers/name_columns.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "noshare/base/text.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostHeaderBytes = 1024;
constexpr std::size_t kMostCells = 64;
constexpr std::size_t kMostNameBytes = 80;

enum class Column { kOther, kFull, kGiven, kFamily };

constexpr auto kFullHeads = std::to_array<std::string_view>(
    {"name",           "full name",      "fullname",
     "customer",       "customer name",  "client",
     "client name",    "patient",        "patient name",
     "employee",       "employee name",  "contact",
     "contact name",   "contact person", "cardholder",
     "account holder", "member",         "person",
     "student",        "kunde",          "ansprechpartner",
     "nom complet",    "nom et prénom",  "nombre completo",
     "nome completo",  "nominativo",     "naam",
     "imię i nazwisko"});
constexpr auto kGivenHeads = std::to_array<std::string_view>(
    {"first name", "firstname", "given name", "givenname", "forename", "fname", "vorname",
     "prénom", "prenom", "nombre", "voornaam", "imię", "förnamn", "fornavn", "etunimi"});
constexpr auto kFamilyHeads = std::to_array<std::string_view>(
    {"last name", "lastname", "surname", "family name", "familyname", "lname", "nachname",
     "familienname", "nom", "nom de famille", "apellido", "apellidos", "cognome",
     "achternaam", "nazwisko", "efternamn", "efternavn", "sukunimi", "sobrenome"});

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

Column column_of(std::string_view head) {
  std::string word = folded(head);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == '_' || c == '-' || c == '.'; },
      ' ');
  const auto in = [&](const auto& heads) {
    return std::find(heads.begin(), heads.end(), std::string_view(word)) != heads.end();
  };
  if (in(kFullHeads)) return Column::kFull;
  if (in(kGivenHeads)) return Column::kGiven;
  if (in(kFamilyHeads)) return Column::kFamily;
  return Column::kOther;
}

struct Header {
  char separator = ',';
  std::vector<Column> columns;
};

std::optional<Header> read_header(std::string_view line) {
  if (line.size() > kMostHeaderBytes) return std::nullopt;
  for (const char separator : {',', ';', '\t', '|'}) {
    const auto cells = cells_of(line, separator);
    if (cells.size() < 2) continue;
    Header header{separator, {}};
    for (const std::string_view cell : cells) header.columns.push_back(column_of(cell));
    const bool named =
        std::any_of(header.columns.begin(), header.columns.end(),
                    [](Column column) { return column != Column::kOther; });
    if (named) return header;
  }
  return std::nullopt;
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
    ColumnName name{span_of(text, cells[i]),
                    cells[i].find(' ') != std::string_view::npos};
    const Column next = i + 1 < cells.size() ? header.columns[i + 1] : Column::kOther;
    const bool pair = (column == Column::kGiven && next == Column::kFamily) ||
                      (column == Column::kFamily && next == Column::kGiven);
    if (pair && is_name_cell(cells[i + 1])) {
      name = {{name.span.begin, span_of(text, cells[i + 1]).end}, true};
      ++i;
    }
    names.push_back(name);
  }
}

}  // namespace

std::uint32_t read_name_columns(std::string_view text, std::uint32_t at,
                                std::vector<ColumnName>& names) {
  const std::string_view line = line_at(text, at);
  const auto header = read_header(line);
  if (!header) return at;
  std::size_t row = span_of(text, line).end;
  while (row < text.size()) {
    ++row;  // behind the line's end
    const std::size_t end = std::min(text.find('\n', row), text.size());
    const auto cells = cells_of(text.substr(row, end - row), header->separator);
    if (cells.size() != header->columns.size()) break;
    read_row(text, *header, cells, names);
    row = end;
  }
  return static_cast<std::uint32_t>(std::min(row, text.size()));
}

}  // namespace noshare::detect
