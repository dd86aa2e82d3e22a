// A scan's result for people and for programs (DESIGN section 7).
#pragma once

#include <optional>
#include <string>

#include "noshare/base/json.h"
#include "noshare/model/verdict.h"
#include "noshare/scan/scanner.h"

namespace noshare::cli {

// One JSON line of `noshare scan --format json`.
std::string json_line(const std::string& file, const scan::Scanned& scanned,
                      const model::Verdict* verdict, bool reveal);

// What a person reads: a head line, a line per finding with its reasons below.
std::string readable(const std::string& file, const scan::Scanned& scanned,
                     const model::Verdict* verdict, bool reveal);

// The findings of one --batch record, in order of place.
Json batch_findings(const scan::Scanned& scanned, bool reveal);

}  // namespace noshare::cli
