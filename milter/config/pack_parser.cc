// Packs from YAML: see pack_parser.h.
#include "config/pack_parser.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "config/pack_entry.h"

namespace noshare::config {
namespace {

// Defaults that a pack gives to its patterns.
struct PackHead {
  std::string country = "INT";
  std::vector<std::string> categories;
};

bool is_id(const std::string& id, char also) {
  return !id.empty() && is_ascii_lower(id[0]) &&
         std::all_of(id.begin(), id.end(), [also](char c) {
           return is_ascii_lower(c) || is_ascii_digit(c) || c == also;
         });
}

// Id and whether it overrides, before anything else of an entry is understood.
struct EntryHead {
  std::string id;
  bool is_override = false;
};

EntryHead read_entry_head(YamlFaults& faults, const YAML::Node& node) {
  EntryHead head;
  YamlMap map(faults, node, "a pattern");
  map.require("id");
  map.text("id", head.id);
  map.truth("override", head.is_override);
  if (!faults.any() && !is_id(head.id, '_')) {
    map.fault_at("id", "'id' must be lower-case letters, digits and '_'");
  }
  return head;
}

void read_entry(YamlFaults& faults, const YAML::Node& node, const PackHead& defaults,
                std::vector<Pattern>& patterns) {
  const EntryHead head = read_entry_head(faults, node);
  if (faults.any()) return;
  const auto known = std::find_if(patterns.begin(), patterns.end(),
                                  [&](const Pattern& p) { return p.id == head.id; });
  if (head.is_override) {
    if (known == patterns.end()) {
      std::vector<std::string> ids;
      for (const Pattern& pattern : patterns) ids.push_back(pattern.id);
      faults.report(node, "override of an " + unknown_word_message("id", head.id, ids));
      return;
    }
    read_pattern(faults, node, *known, true);
    return;
  }
  if (known != patterns.end()) {
    faults.report(node, "pattern '" + head.id + "' is there already, at " +
                            known->file.string() + ":" + std::to_string(known->line) +
                            "; write 'override: true' to change it");
    return;
  }
  Pattern pattern;
  pattern.id = head.id;
  pattern.country = defaults.country;
  pattern.categories = defaults.categories;
  pattern.file = faults.file();
  pattern.line = line_of(node);
  read_pattern(faults, node, pattern, false);
  if (!faults.any() && pattern.categories.empty()) {
    faults.report(node, "pattern '" + head.id + "': 'categories' is missing");
  }
  patterns.push_back(std::move(pattern));
}

void read_pack(YamlFaults& faults, const YAML::Node& root,
               std::vector<Pattern>& patterns) {
  YamlMap map(faults, root, "the pack");
  std::string name;
  std::string about;
  PackHead head;
  map.require("pack");
  map.text("pack", name);
  if (!faults.any() && !is_id(name, '-')) {
    map.fault_at("pack", "'pack' must be lower-case letters, digits and '-'");
  }
  map.text("about", about);
  read_country(map, head.country);
  read_categories(map, head.categories);
  map.require("patterns");
  map.each("patterns", [&](const YAML::Node& node) {
    if (!faults.any()) read_entry(faults, node, head, patterns);
  });
  map.finish();
}

}  // namespace

Result<void> parse_pack_into(const std::string& text, const std::string& file_name,
                             std::vector<Pattern>& patterns) {
  NOSHARE_TRY(const YAML::Node root, parse_yaml(text, file_name));
  YamlFaults faults(file_name);
  try {
    read_pack(faults, root, patterns);
  } catch (const YAML::Exception& error) {  // a node of a kind that no read foresaw
    faults.report(error.mark, error.msg);
  }
  return faults.result();
}

}  // namespace noshare::config
