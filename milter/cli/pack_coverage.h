// Coverage: the kinds of personal data that are known to exist, and which the packs find.
//
// In:  packs; lists of known entities (tab-separated: country, id, description) and of
//      reasons why some are not found (id, reason). '#' begins a comment, the first line
//      of a list that names its columns is skipped.
// Out: a state for each known entity
// Errors: a list that cannot be read; a line without an id, as "file:line: what".
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "noshare/base/json.h"
#include "noshare/base/result.h"
#include "noshare/config/pack.h"

namespace noshare::cli {

struct CoverageRow {
  std::string country;
  std::string entity;
  std::string description;
  bool covered = false;
  std::vector<std::string> members;  // of an umbrella, those that are found
  std::string reason;                // why it is not found; empty: nobody said
};

// Where the lists lie beside packs.
inline constexpr const char* kEntityList = "entities.tsv";
inline constexpr const char* kReasonList = "not-covered.tsv";

// The rows in the order of `entities`. `reasons` may be missing on the disk.
Result<std::vector<CoverageRow>> coverage_of(const config::PackSet& packs,
                                             const std::filesystem::path& entities,
                                             const std::filesystem::path& reasons);

// By country: how many of how many; then each that is not found, with its reason.
std::string coverage_text(const std::vector<CoverageRow>& rows);
// {"country","entity","description","state","members","reason"}, one object.
Json coverage_json(const CoverageRow& row);

}  // namespace noshare::cli
