// Keys: what may stand in noshare.yaml, described once.
//
// The same table feeds the parser, its errors, `noshare config explain KEY` and
// docs/configuration.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noshare::config {

struct KeyHelp {
  std::string_view path;          // "milter.socket", "rules[].when.entity"
  std::string_view type;          // for people: "list of domains"
  std::string_view default_text;  // as it would be written; empty: none
  std::string_view summary;       // one line
  std::string_view details;       // what else there is to know; may be empty
  std::string_view example;       // a value as it would be written
  bool required = false;
};
std::vector<KeyHelp> all_keys();

// One key and those below it, as text for a terminal. `path` may leave out the "[]".
std::optional<std::string> explain_key(std::string_view path);
// The key that `path` may have meant.
std::optional<std::string> closest_key(std::string_view path);

// The whole reference: docs/configuration.md.
std::string configuration_reference();

}  // namespace noshare::config
