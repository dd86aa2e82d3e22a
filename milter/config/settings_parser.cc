// SettingsParser: see settings_parser.h.
#include "config/settings_parser.h"

#include <algorithm>
#include <set>

#include "config/yaml_map.h"

namespace noshare::config {

namespace {

// The key's last name, if `path` stands directly below `prefix`.
std::string_view name_below(std::string_view path, std::string_view prefix) {
  if (path.substr(0, prefix.size()) != prefix) return {};
  const std::string_view name = path.substr(prefix.size());
  return name.find('.') == std::string_view::npos ? name : std::string_view();
}

class Walk {
 public:
  Walk(Draft& draft, SettingsFaults& faults) : draft_(draft), faults_(faults) {}

  // Reads the keys of one mapping. `prefix` is empty or ends in '.'.
  void mapping(const YAML::Node& node, const std::string& prefix);

 private:
  void value(const SettingsKey& key, const YAML::Node& node, const std::string& path);
  void section(const SettingsKey& key, const YAML::Node& node, const std::string& path);
  void conditions(const SettingsKey& key, const YAML::Node& node,
                  const std::string& path);
  std::vector<const SettingsKey*> keys_below(const std::string& prefix) const;
  void missing(const YAML::Node& node, const std::string& prefix,
               const std::set<std::string>& seen);

  Draft& draft_;
  SettingsFaults& faults_;
  int depth_ = 0;  // of conditions
};

std::vector<const SettingsKey*> Walk::keys_below(const std::string& prefix) const {
  const std::string described = described_path(prefix);
  std::vector<const SettingsKey*> found;
  for (const auto table : key_tables()) {
    for (const SettingsKey& key : table) {
      if (!name_below(key.help.path, described).empty()) found.push_back(&key);
    }
  }
  return found;
}

void Walk::mapping(const YAML::Node& node, const std::string& prefix) {
  const auto keys = keys_below(prefix);
  const std::string where =
      prefix.empty() ? "" : prefix.substr(0, prefix.size() - 1) + ": ";
  std::set<std::string> seen;
  for (const auto& item : node) {
    const std::string name = item.first.IsScalar() ? item.first.Scalar() : "";
    if (!seen.insert(name).second) {
      faults_.add(item.first.Mark(),
                  where + "the key '" + name + "' occurs twice, expected it once");
      continue;
    }
    const auto known = std::find_if(keys.begin(), keys.end(), [&](const auto* key) {
      return key->help.path.substr(described_path(prefix).size()) == name;
    });
    if (known != keys.end()) {
      value(**known, item.second, prefix + name);
      continue;
    }
    std::vector<std::string> names;
    for (const auto* key : keys) {
      names.emplace_back(key->help.path.substr(described_path(prefix).size()));
    }
    faults_.add(item.first.Mark(), where + unknown_word_message("key", name, names));
  }
  missing(node, prefix, seen);
}

void Walk::missing(const YAML::Node& node, const std::string& prefix,
                   const std::set<std::string>& seen) {
  for (const auto* key : keys_below(prefix)) {
    const std::string name(key->help.path.substr(described_path(prefix).size()));
    if (!key->help.required || seen.count(name) > 0) continue;
    faults_.add(node.Mark(),
                (prefix.empty() ? "" : prefix.substr(0, prefix.size() - 1) + ": ") + "'" +
                    name + "' is missing, expected " + std::string(key->help.type));
  }
}

void Walk::value(const SettingsKey& key, const YAML::Node& node,
                 const std::string& path) {
  if (key.shape == Shape::kValue) {
    key.read(SettingsValue(node, path, faults_), draft_);
  } else if (key.shape == Shape::kSection) {
    section(key, node, path);
  } else if (key.shape == Shape::kConditions) {
    conditions(key, node, path);
  } else if (node.IsSequence() && node.size() > 0) {
    for (const YAML::Node& item : node) section(key, item, path + "[]");
  } else {
    faults_.add(node.Mark(), path +
                                 ": expected a list of sections, each beginning with "
                                 "'- '; leave the key out for the default");
  }
}

void Walk::conditions(const SettingsKey& key, const YAML::Node& node,
                      const std::string& path) {
  constexpr int kDeepest = 8;
  const bool of_texts =
      node.IsScalar() || (node.IsSequence() && node.size() > 0 && node[0].IsScalar());
  if (of_texts && key.read != nullptr) {
    key.read(SettingsValue(node, path, faults_), draft_);
    return;
  }
  if (++depth_ > kDeepest) {
    faults_.add(node.Mark(), path + ": expected at most 8 conditions within each other");
  } else if (!node.IsMap() && (!node.IsSequence() || node.size() == 0)) {
    faults_.add(node.Mark(), path + ": expected conditions with the keys of 'when'");
  } else {
    Condition* const parent = draft_.condition;
    const auto one = [&](const YAML::Node& item) {
      draft_.condition = &key.child(*parent);
      if (item.IsMap()) {
        mapping(item, path + "[].");
        key.finish(SettingsValue(item, path, faults_), draft_);
      } else {
        faults_.add(item.Mark(), path + ": expected a condition with the keys of 'when'");
      }
      draft_.condition = parent;
    };
    if (node.IsMap()) {
      one(node);
    } else {
      for (const YAML::Node& item : node) one(item);
    }
  }
  --depth_;
}

void Walk::section(const SettingsKey& key, const YAML::Node& node,
                   const std::string& path) {
  if (!node.IsMap()) {
    faults_.add(node.Mark(), path + ": expected a section of keys and values");
    return;
  }
  const SettingsValue value(node, path, faults_);
  if (key.read != nullptr) key.read(value, draft_);
  mapping(node, path + ".");
  if (key.finish != nullptr) key.finish(value, draft_);
}

}  // namespace

std::string described_path(std::string_view path) {
  constexpr std::string_view kUnless = "rules[].unless.";
  constexpr std::string_view kWhen = "rules[].when.";
  std::string_view rest = path;
  if (path.substr(0, kUnless.size()) == kUnless) {
    rest.remove_prefix(kUnless.size());
  } else if (path.substr(0, kWhen.size()) == kWhen) {
    rest.remove_prefix(kWhen.size());
  } else {
    return std::string(path);
  }
  for (const std::string_view further : {"all_of[].", "any_of[].", "not[]."}) {
    if (rest.substr(0, further.size()) == further) {
      return described_path(std::string(kWhen).append(rest.substr(further.size())));
    }
  }
  return std::string(kWhen).append(rest);
}

Result<Settings> read_settings(const std::string& text, const std::string& file_name) {
  NOSHARE_TRY(const YAML::Node root, parse_settings_yaml(text, file_name));
  if (!root.IsMap()) {
    const bool empty = !root.IsDefined() || root.IsNull();
    return fail(ErrorCode::kInvalidInput,
                file_name + (empty ? ": the file is empty" : ":1:1: not a list of keys") +
                    ", expected keys such as 'milter:' and 'organisation:'");
  }
  SettingsFaults faults(file_name);
  Draft draft;
  draft.folder = std::filesystem::path(file_name).parent_path();
  Walk(draft, faults).mapping(root, "");
  NOSHARE_CHECK(faults.result());
  draft.settings.files = std::move(draft.files);
  return std::move(draft.settings);
}

}  // namespace noshare::config
