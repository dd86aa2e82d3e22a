// One entry of a pack's `patterns:` list.
//
// In:  a YAML mapping     Out: the fields of a Pattern, read and checked
// Errors go to YamlFaults, with their place.
#pragma once

#include <string>
#include <vector>

#include "noshare/config/pack.h"

#include "config/yaml_map.h"

namespace noshare::config {

// Lays the fields of `node` over `pattern`: over an empty one that knows its id, or, for
// an override, over a complete one. Lists of words and exclusions of an override are
// added to those that are there; every other field is replaced.
void read_pattern(YamlFaults& faults, const YAML::Node& node, Pattern& pattern,
                  bool is_override);

// The keys that a pack gives as defaults to all its patterns.
void read_country(YamlMap& map, std::string& into);
void read_categories(YamlMap& map, std::vector<std::string>& into);

}  // namespace noshare::config
