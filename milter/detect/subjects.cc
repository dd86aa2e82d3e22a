// Findings are gathered into records first; then each record is named.
#include "detect/subjects.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostLineBytes = 60;  // of a list's entry; prose is wrapped later
constexpr std::uint32_t kMostLabelledBytes = 120;
constexpr std::size_t kMostLabelBytes = 32;
constexpr int kMostLinesApart = 3;
constexpr std::size_t kMostInRecord = 24;

bool holds_text(model::Zone zone) {
  return zone == model::Zone::kBody || zone == model::Zone::kHtmlVisible ||
         zone == model::Zone::kHtmlHidden || zone == model::Zone::kCell ||
         zone == model::Zone::kDocument || zone == model::Zone::kOcr;
}

// "Phone" of "> Phone: 555"; empty when the line has no label.
std::string_view label_of(std::string_view line) {
  while (!line.empty() && (line.front() == '>' || is_ascii_space(line.front())))
    line.remove_prefix(1);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > kMostLabelBytes) return {};
  const std::string_view label = line.substr(0, colon);
  const auto is_name = [](char c) { return !is_ascii_digit(c) && c != '@' && c != '\t'; };
  return std::all_of(label.begin(), label.end(), is_name) ? label : std::string_view{};
}

// What tells records apart: a kind of value, in a table a column.
struct Trait {
  std::uint32_t table, column;
  std::string entity;
  auto operator<=>(const Trait&) const = default;
};

struct Values {
  std::set<Fingerprint> distinct;
  std::size_t all = 0;
};

}  // namespace

SubjectLinker::Place SubjectLinker::place_of(Detected& detected) {
  Place place{&detected, tables_->cell_of(detected.span.begin), {}, {}};
  if (place.cell.exists()) return place;
  // A longer line is none of a record, however long: no need to see its ends.
  const std::uint32_t at = detected.span.begin;
  const std::uint32_t from = at > kMostLabelledBytes ? at - kMostLabelledBytes : 0;
  const std::size_t newline = text_.substr(from, at - from).rfind('\n');
  place.line.begin = newline == std::string_view::npos
                         ? from
                         : from + static_cast<std::uint32_t>(newline + 1);
  const std::uint32_t after = detected.span.end;
  const std::string_view rest = text_.substr(after, kMostLabelledBytes + 1);
  place.line.end =
      after + static_cast<std::uint32_t>(std::min(rest.find('\n'), rest.size()));
  place.label =
      label_of(text_.substr(place.line.begin, place.line.end - place.line.begin));
  return place;
}

// No empty line from byte to byte, and no line as long as prose.
bool SubjectLinker::lines_are_of_a_record(std::uint32_t from, std::uint32_t to) const {
  int lines = 0;
  for (std::uint32_t begin = from; begin < to; ++lines) {
    const auto end =
        static_cast<std::uint32_t>(std::min(text_.find('\n', begin), std::size_t{to}));
    const std::string_view line = text_.substr(begin, end - begin);
    const std::size_t most = label_of(line).empty() ? kMostLineBytes : kMostLabelledBytes;
    if (lines > kMostLinesApart || trimmed(line).empty() || line.size() > most)
      return false;
    begin = end + 1;
  }
  return true;
}

// What is told twice is told of two, except in columns or under labels of their own
// ("home", "work"). A label that comes again begins the next record.
bool SubjectLinker::is_told_twice(const Place& earlier, const Place& place) const {
  const model::Finding& before = earlier.detected->finding;
  const model::Finding& finding = place.detected->finding;
  const bool differs =
      before.entity == finding.entity && before.fingerprint != finding.fingerprint;
  if (place.cell.exists()) {
    return differs && (!tables_->has_header(place.cell.table) ||
                       earlier.cell.column == place.cell.column);
  }
  if (before.in_signature && finding.in_signature) return false;
  const bool same_label = earlier.label == place.label;
  if (place.label.empty()) return differs && same_label;
  return same_label && (differs || earlier.line != place.line);
}

bool SubjectLinker::belongs_to(const Record& record, const Place& place) const {
  const Place& last = record.back();
  if (record.size() >= kMostInRecord) return false;
  const bool together =
      place.cell.exists() || last.cell.exists()
          ? place.cell.table == last.cell.table && place.cell.row == last.cell.row
          : lines_are_of_a_record(last.line.begin, place.line.end);
  return together && std::none_of(record.begin(), record.end(), [&](const Place& other) {
           return is_told_twice(other, place);
         });
}

void SubjectLinker::name_subjects(std::vector<Record>& records) const {
  const auto trait_of = [](const Place& place) {
    return Trait{place.cell.table, place.cell.column, place.detected->finding.entity};
  };
  std::map<Trait, Values> values;
  for (const Record& record : records) {
    for (const Place& place : record) {
      Values& seen = values[trait_of(place)];
      seen.distinct.insert(place.detected->finding.fingerprint);
      ++seen.all;
    }
  }
  for (Record& record : records) {
    if (record.size() < 2) continue;
    const auto merit = [&](const Place& place) {
      const int rank = rank_of_(place.detected->finding.entity);
      const Values& seen = values.at(trait_of(place));
      return std::tuple(rank > 0, seen.distinct.size() * 2 >= seen.all, rank,
                        seen.distinct.size());
    };
    const auto best = std::max_element(
        record.begin(), record.end(),
        [&](const Place& a, const Place& b) { return merit(a) < merit(b); });
    const Fingerprint subject = best->detected->finding.fingerprint;
    for (Place& place : record) {
      Fingerprint& known = place.detected->finding.subject_fingerprint;
      if (known.is_null()) known = subject;
    }
  }
}

void SubjectLinker::link(const model::Segment& segment, std::span<Detected> detected,
                         TableView* tables) {
  if (!holds_text(segment.zone) || detected.size() < 2) return;
  text_ = segment.text;
  tables_ = tables;
  std::vector<Record> records;
  for (Detected& one : detected) {
    if (one.finding.level() == model::Level::kLow) continue;
    Place place = place_of(one);
    if (records.empty() || !belongs_to(records.back(), place)) records.emplace_back();
    records.back().push_back(std::move(place));
  }
  name_subjects(records);
}

}  // namespace noshare::detect
