#include "pack_coverage.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

namespace noshare::cli {

namespace {

using Fields = std::vector<std::string>;

// The lines of a list, each with at least `least` fields.
Result<std::vector<Fields>> read_list(const std::filesystem::path& file,
                                      std::size_t least, std::string_view header) {
  NOSHARE_TRY(const std::string text, read_file(file));
  std::vector<Fields> lines;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#' || line.starts_with(header)) continue;
    Fields fields;
    for (const std::string_view field : split(line, '\t')) fields.emplace_back(field);
    if (fields.size() < least) {
      return fail(ErrorCode::kInvalidInput,
                  fmt::format("{}:{}: expected {} fields with tabs between them",
                              file.string(), number, least));
    }
    lines.push_back(std::move(fields));
  }
  return lines;
}

Result<std::map<std::string, std::string>> read_reasons(
    const std::filesystem::path& file) {
  std::map<std::string, std::string> reasons;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return reasons;
  NOSHARE_TRY(const auto lines, read_list(file, 2, "entity_id\t"));
  for (const Fields& line : lines) reasons[line[0]] = line[1];
  return reasons;
}

// What finds something, by its id and by those of its umbrellas.
using Finders = std::map<std::string, std::vector<std::string>>;

Finders finders_in(const config::PackSet& packs, std::set<std::string>& direct) {
  Finders members;
  for (const config::Pattern& pattern : packs.patterns) {
    if (!pattern.enabled || !config::finds(pattern)) continue;
    direct.insert(pattern.id);
    for (const std::string& umbrella : pattern.umbrellas)
      members[umbrella].push_back(pattern.id);
  }
  return members;
}

struct Tally {
  std::size_t covered = 0;
  std::size_t all = 0;
};

}  // namespace

Result<std::vector<CoverageRow>> coverage_of(const config::PackSet& packs,
                                             const std::filesystem::path& entities,
                                             const std::filesystem::path& reasons) {
  NOSHARE_TRY(const auto known, read_list(entities, 2, "country\t"));
  NOSHARE_TRY(const auto said, read_reasons(reasons));
  std::set<std::string> direct;
  const Finders members = finders_in(packs, direct);
  std::vector<CoverageRow> rows;
  for (const Fields& fields : known) {
    CoverageRow row;
    row.country = fields[0];
    row.entity = fields[1];
    if (fields.size() > 2) row.description = fields[2];
    const auto under = members.find(row.entity);
    if (under != members.end()) row.members = under->second;
    row.covered = direct.contains(row.entity) || !row.members.empty();
    const auto reason = said.find(row.entity);
    if (!row.covered && reason != said.end()) row.reason = reason->second;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string coverage_text(const std::vector<CoverageRow>& rows) {
  std::map<std::string, Tally> countries;
  Tally total;
  std::string missing;
  for (const CoverageRow& row : rows) {
    for (Tally* tally : {&countries[row.country], &total}) {
      ++tally->all;
      tally->covered += row.covered ? 1U : 0U;
    }
    if (row.covered) continue;
    missing += fmt::format("{}\t{}\t{}\n", row.country, row.entity,
                           row.reason.empty() ? "no reason is written down" : row.reason);
  }
  std::string text = "country\tfound\tknown\n";
  for (const auto& [country, tally] : countries)
    text += fmt::format("{}\t{}\t{}\n", country, tally.covered, tally.all);
  text += fmt::format("all\t{}\t{}\n", total.covered, total.all);
  return missing.empty() ? text : text + "\nnot found, because\n" + missing;
}

Json coverage_json(const CoverageRow& row) {
  Json json = {{"country", row.country},
               {"entity", row.entity},
               {"description", row.description},
               {"state", row.covered ? "found" : "not_found"}};
  if (!row.members.empty()) json["members"] = row.members;
  if (!row.covered) json["reason"] = row.reason;
  return json;
}

}  // namespace noshare::cli
