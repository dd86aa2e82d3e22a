// Packs from YAML: the fields of one pattern, and the laying of an override over a
// pattern.
//
// In:  the text of one pack     Out: Patterns appended to those of earlier packs
// Errors name the place; docs/packs.md describes every field.
#pragma once

#include <string>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/pack.h"

namespace noshare::config {

// Reads a pack. A new id is appended; an entry with `override: true` changes the pattern
// of that id in `patterns`. On an error `patterns` may hold a part of the pack.
Result<void> parse_pack_into(const std::string& text, const std::string& file_name,
                             std::vector<Pattern>& patterns);

}  // namespace noshare::config
