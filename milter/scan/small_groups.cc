// Headings are found by their words; the lines below one are its rows. See
// small_groups.h.
#include "scan/small_groups.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_set>

#include "noshare/base/text.h"

#include "scan/placed_finding.h"

namespace noshare::scan {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kLongestHeading = 400;
constexpr std::size_t kMostRows = 10'000;
constexpr std::uint32_t kMostPeople = 100'000'000;  // of a country; more is no count

// Words for several people, as they stand above a column (lower case).
constexpr std::array kPeople = {
    "abonnés"sv,       "alumnos"sv,       "applicants"sv,    "attendees"sv,
    "beneficiaries"sv, "beschäftigte"sv,  "bewohner"sv,      "births"sv,
    "boys"sv,          "children"sv,      "citizens"sv,      "claimants"sv,
    "clientes"sv,      "clients"sv,       "customers"sv,     "deaths"sv,
    "donors"sv,        "einwohner"sv,     "empleados"sv,     "employees"sv,
    "enfants"sv,       "enrolled"sv,      "estudiantes"sv,   "femmes"sv,
    "frauen"sv,        "girls"sv,         "habitantes"sv,    "habitants"sv,
    "headcount"sv,     "hombres"sv,       "hommes"sv,        "inhabitants"sv,
    "insured"sv,       "kinder"sv,        "kunden"sv,        "members"sv,
    "men"sv,           "miembros"sv,      "mitarbeitende"sv, "mitarbeiter"sv,
    "mitglieder"sv,    "mujeres"sv,       "männer"sv,        "pacientes"sv,
    "participants"sv,  "participantes"sv, "patienten"sv,     "patients"sv,
    "people"sv,        "personas"sv,      "personen"sv,      "personnes"sv,
    "persons"sv,       "policyholders"sv, "pupils"sv,        "residents"sv,
    "respondents"sv,   "salariés"sv,      "schüler"sv,       "staff"sv,
    "students"sv,      "studierende"sv,   "subscribers"sv,   "teilnehmende"sv,
    "teilnehmer"sv,    "tenants"sv,       "versicherte"sv,   "visitors"sv,
    "voters"sv,        "women"sv,         "élèves"sv,        "étudiants"sv};

// Words that make a heading one of something else.
constexpr std::array kOthers = {
    "average"sv, "avg"sv,   "capacity"sv, "cost"sv,  "id"sv,  "ids"sv,   "max"sv,
    "mean"sv,    "min"sv,   "name"sv,     "names"sv, "per"sv, "price"sv, "rate"sv,
    "ratio"sv,   "share"sv, "since"sv,    "with"sv,  "pro"sv, "anteil"sv};
constexpr std::array kOthersOfTitle = {"average"sv, "rate"sv, "share"sv, "mean"sv};
// "Patients by town": what a title says of the table below it.
constexpr std::array kBy = {"by"sv, "nach"sv, "par"sv, "per"sv, "por"sv};
constexpr std::array kTotals = {"all"sv,   "alle"sv,  "gesamt"sv, "insgesamt"sv,
                                "sum"sv,   "summe"sv, "tous"sv,   "todos"sv,
                                "total"sv, "totals"sv};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_letter(char c) {
  return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Calls on_word for each word of the text, in lower case (ASCII letters only).
template <class OnWord>
void each_word(std::string_view text, OnWord&& on_word) {
  constexpr std::size_t kLongest = 24;
  std::array<char, kLongest> word{};
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) {
      if (end - at < kLongest) word[end - at] = ascii_lower(text[end]);
      ++end;
    }
    if (end - at <= kLongest) on_word(std::string_view(word.data(), end - at));
    at = end;
  }
}

template <std::size_t N>
bool has_word(std::string_view text, const std::array<std::string_view, N>& words) {
  bool found = false;
  each_word(text,
            [&](std::string_view word) { found = found || is_one_of(word, words); });
  return found;
}

// Looked for in whole texts, so by hash.
bool has_people(std::string_view text) {
  static const std::unordered_set<std::string_view> kSet(kPeople.begin(), kPeople.end());
  bool found = false;
  each_word(text, [&](std::string_view word) { found = found || kSet.contains(word); });
  return found;
}

bool names_people(std::string_view cell) {
  return has_people(cell) && !has_word(cell, kOthers) &&
         cell.find('%') == std::string_view::npos;
}

struct Line {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// How the cells of a table are parted; '\0' means two spaces or more.
constexpr std::array kSeparators = {'\t', '|', ';', ',', '\0'};

class Table {
 public:
  Table(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // The cells of a line, without white space and quotation marks around them.
  std::vector<model::Span> cells(const Line& line) const {
    std::vector<model::Span> found;
    std::uint32_t begin = line.begin;
    bool quoted = false;
    for (std::uint32_t at = line.begin; at <= line.end; ++at) {
      if (at < line.end && text_[at] == '"') quoted = !quoted;
      const bool here = at == line.end || (!quoted && parts_at(at, line.end));
      if (!here) continue;
      // Spaces in front of the first column and behind the last part nothing.
      const model::Span cell = without_frame({begin, at});
      const bool frame = (separator_ == '|' || separator_ == '\0') &&
                         (found.empty() || at == line.end) && cell.begin == cell.end;
      if (!frame) found.push_back(cell);
      while (separator_ == '\0' && at + 1 < line.end && text_[at + 1] == ' ') ++at;
      begin = at + 1;
    }
    return found;
  }

  std::string_view of(const model::Span& span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

 private:
  bool parts_at(std::uint32_t at, std::uint32_t end) const {
    if (separator_ != '\0') return text_[at] == separator_;
    return text_[at] == ' ' && at + 1 < end && text_[at + 1] == ' ';
  }

  model::Span without_frame(model::Span cell) const {
    const auto is_frame = [](char c) {
      return is_ascii_space(c) || c == '"' || c == '*';
    };
    while (cell.begin < cell.end && is_frame(text_[cell.begin])) ++cell.begin;
    while (cell.end > cell.begin && is_frame(text_[cell.end - 1])) --cell.end;
    return cell;
  }

  std::string_view text_;
  char separator_;
};

// A whole number of people, with or without marks between thousands; nothing else.
std::optional<std::uint32_t> count_of(std::string_view cell) {
  std::string digits;
  std::size_t group = 0;  // digits behind the last mark
  bool marked = false;
  for (char c : cell) {
    if (is_ascii_digit(c)) {
      digits += c;
      ++group;
      continue;
    }
    const bool mark = c == ',' || c == '.' || c == ' ' || c == '\'';
    if (!mark || group == 0 || group > 3 || (marked && group != 3)) return std::nullopt;
    marked = true;
    group = 0;
  }
  if (digits.empty() || (marked && group != 3) || digits.size() > 9) return std::nullopt;
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value > kMostPeople ? std::nullopt : std::optional(value);
}

// "<5", "-", "*", "n/a", "..": a cell that was left out on purpose.
bool is_suppressed(std::string_view cell) {
  return cell.empty() || cell.front() == '<' ||
         (cell.size() <= 3 && cell.find_first_of("0123456789") == std::string_view::npos);
}

bool is_rule(std::string_view line) {
  return !line.empty() && line.find_first_not_of(" \t-=+|:_") == std::string_view::npos;
}

// True if a number of one or two digits may be a cell by itself: hardly any prose has
// one, and it is seen at a glance.
bool may_hold_small_cell(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '"' || c == '*'; };
  const auto parts = [](char c) {
    return c == '\t' || c == '|' || c == ';' || c == ',' || c == '\n' || c == '\r';
  };
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!is_ascii_digit(text[at]) || is_ascii_digit(text[at - 1])) continue;
    std::size_t end = at + 1;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end - at <= 2) {
      std::size_t before = at;
      while (before > 0 && is_blank(text[before - 1])) --before;
      std::size_t behind = end;
      while (behind < text.size() && is_blank(text[behind])) ++behind;
      const bool begins = before > 0 && (parts(text[before - 1]) || at - before > 1);
      const bool ends = behind == text.size() || parts(text[behind]) || behind - end > 1;
      if (begins && ends) return true;
    }
    at = end;
  }
  return false;
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<SmallGroup> run() {
    std::uint32_t begin = 0;
    while (begin < text_.size()) {
      const auto end =
          static_cast<std::uint32_t>(std::min(text_.find('\n', begin), text_.size()));
      const std::string_view line = text_.substr(begin, end - begin);
      if (begin >= read_to_ && line.size() <= kLongestHeading && has_people(line)) {
        heading({begin, end});
      }
      begin = end + 1;
    }
    return std::move(found_);
  }

 private:
  Line next_line(const Line& line) const {
    const std::uint32_t begin =
        std::min(line.end + 1, static_cast<std::uint32_t>(text_.size()));
    return {begin,
            static_cast<std::uint32_t>(std::min(text_.find('\n', begin), text_.size()))};
  }
  std::string_view of(const Line& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }
  // The next line that is neither empty nor drawn.
  Line next_filled(Line line) const {
    constexpr int kMostBetween = 3;
    for (int i = 0; i < kMostBetween; ++i) {
      line = next_line(line);
      if (!trimmed(of(line)).empty() && !is_rule(of(line))) break;
    }
    return line;
  }

  // A line that names people: above a column, or the title of a table.
  void heading(const Line& line) {
    for (const char separator : kSeparators) {
      const Table table(text_, separator);
      const auto cells = table.cells(line);
      if (cells.size() < 2) continue;
      std::vector<std::size_t> columns;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (names_people(table.of(cells[i]))) columns.push_back(i);
      }
      const bool words = std::none_of(cells.begin(), cells.end(), [&](const auto& cell) {
        return count_of(table.of(cell)).has_value();
      });
      if (!columns.empty() && words && rows(table, line, columns)) return;
    }
    if (!has_word(of(line), kBy) || has_word(of(line), kOthersOfTitle)) return;
    const Line head = next_filled(line);
    for (const char separator : kSeparators) {
      const Table table(text_, separator);
      const std::size_t count = table.cells(head).size();
      if (count < 2) continue;
      std::vector<std::size_t> columns;
      for (std::size_t i = 1; i < count; ++i) columns.push_back(i);
      if (rows(table, head, columns)) return;
    }
  }
  // Reads the rows below a head; false if they are none of a table of counts.
  bool rows(const Table& table, const Line& head,
            const std::vector<std::size_t>& columns) {
    std::vector<std::vector<SmallGroup>> groups(columns.size());
    std::vector<std::vector<std::uint32_t>> counts(columns.size());
    std::vector<bool> is_count(columns.size(), true);
    bool total = false;
    std::size_t labelled = 0;
    Line line = next_line(head);
    for (std::size_t n = 0; n < kMostRows && line.begin < text_.size(); ++n) {
      if (!is_rule(of(line))) {
        const auto cells = table.cells(line);
        if (cells.size() <= columns.front()) break;
        const bool is_total = has_word(table.of(cells.front()), kTotals);
        total = total || is_total;
        if (!table.of(cells.front()).empty()) ++labelled;
        for (std::size_t i = 0; i < columns.size(); ++i) {
          if (columns[i] >= cells.size()) continue;
          const model::Span cell = cells[columns[i]];
          const auto count = count_of(table.of(cell));
          is_count[i] = is_count[i] && (count || is_suppressed(table.of(cell)));
          if (!count) continue;
          counts[i].push_back(*count);
          if (*count == 0 || *count >= kMostInSmallGroup || is_total) continue;
          groups[i].push_back({cell, {line.begin, line.end}, *count, 0});
        }
      }
      line = next_line(line);
    }
    constexpr std::size_t kFewestRows = 2;
    bool any = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!is_count[i] || counts[i].size() < kFewestRows || labelled < kFewestRows ||
          is_ranking(counts[i])) {
        continue;
      }
      any = true;
      keep(groups[i], counts[i].size(), total);
    }
    if (any) read_to_ = line.begin;
    return any;
  }

  // 1, 2, 3 ...: the number of each row.
  static bool is_ranking(const std::vector<std::uint32_t>& counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] != counts.front() + i) return false;
    }
    return counts.size() > 2;
  }

  void keep(std::vector<SmallGroup>& groups, std::size_t rows, bool total) {
    constexpr int kHeading = 70;
    constexpr int kSeveralRows = 15;
    constexpr int kTotal = 10;
    constexpr std::size_t kSeveral = 3;
    for (SmallGroup& group : groups) {
      group.confidence =
          kHeading + (rows >= kSeveral ? kSeveralRows : 0) + (total ? kTotal : 0);
      found_.push_back(group);
    }
  }

  std::string_view text_;
  std::uint32_t read_to_ = 0;  // behind the last table
  std::vector<SmallGroup> found_;
};

bool may_hold_tables(const model::Segment& segment) {
  using model::Zone;
  return (segment.zone == Zone::kBody || segment.zone == Zone::kHtmlVisible ||
          segment.zone == Zone::kCell || segment.zone == Zone::kDocument) &&
         !segment.guessed;
}

}  // namespace

std::vector<SmallGroup> small_groups_in(std::string_view text) {
  return may_hold_small_cell(text) ? Finder(text).run() : std::vector<SmallGroup>();
}

model::EntityInfo small_group_info() { return {"Small group in a table", {"aggregate"}}; }

void add_small_groups(std::span<const model::Segment> segments, const FingerprintKey& key,
                      std::vector<detect::Detected>& detected) {
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    if (!may_hold_tables(segments[i])) continue;
    const std::string_view text = segments[i].text;
    for (const SmallGroup& group : small_groups_in(text)) {
      detect::Detected one = placed_finding(segments[i], i, group.span);
      const std::string row(
          text.substr(group.row.begin, group.row.end - group.row.begin));
      one.finding.entity = kSmallGroupEntity;
      one.finding.confidence = group.confidence;
      one.finding.group_size = group.size;
      one.finding.masked = "*";
      one.finding.fingerprint =
          key.of(kSmallGroupEntity,
                 row + "\n" + std::to_string(group.span.begin - group.row.begin));
      one.finding.why.emplace_back("a cell of a table that counts people");
      one.value = Sensitive(
          std::string(text.substr(group.span.begin, group.span.end - group.span.begin)));
      detected.push_back(std::move(one));
    }
  }
}

}  // namespace noshare::scan
