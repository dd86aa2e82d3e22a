// Explanations of keys: see noshare/config/keys.h.
#include <algorithm>

#include "noshare/base/text.h"
#include "noshare/config/reply_template.h"

#include "config/settings_keys.h"

namespace noshare::config {

namespace {

std::string without_brackets(std::string_view path) {
  std::string plain(path);
  for (std::size_t at = plain.find("[]"); at != std::string::npos;
       at = plain.find("[]")) {
    plain.erase(at, 2);
  }
  return plain;
}

bool is_section(const KeyHelp& key) {
  return key.type == "section" || key.type == "list of sections";
}

void explain_one(const KeyHelp& key, std::string& text) {
  text += std::string(key.path) + "\n    " + std::string(key.summary) + ".\n";
  if (!key.details.empty()) text += "    " + std::string(key.details) + "\n";
  text += "    Type:     " + std::string(key.type) + "\n";
  if (key.required) {
    text += "    Required.\n";
  } else if (!key.default_text.empty()) {
    text += "    Default:  " + std::string(key.default_text) + "\n";
  }
  if (!key.example.empty()) {
    const std::string_view name = key.path.substr(key.path.rfind('.') + 1);
    text += "    Example:  " + std::string(name) + ": " + std::string(key.example) + "\n";
  }
}

// `text` for a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : "`" + cell(text) + "`";
}

void reference_entry(const KeyHelp& key, std::string& text) {
  text += "### `" + std::string(key.path) + "`\n\n" + std::string(key.summary) + ".";
  if (!key.details.empty()) text += " " + std::string(key.details);
  text += "\n\n| type | default | example |\n|---|---|---|\n| " + cell(key.type) + " | " +
          (key.required ? "required" : code(key.default_text)) + " | " +
          code(key.example) + " |\n\n";
}

}  // namespace

std::vector<KeyHelp> all_keys() {
  std::vector<KeyHelp> keys;
  for (const auto table : key_tables()) {
    for (const SettingsKey& key : table) keys.push_back(key.help);
  }
  return keys;
}

std::optional<std::string> explain_key(std::string_view path) {
  const std::string described = without_brackets(
      described_path(path.substr(0, 13) == "rules.unless."
                         ? "rules[].unless." + std::string(path.substr(13))
                         : std::string(path)));
  std::string text;
  for (const KeyHelp& key : all_keys()) {
    const std::string plain = without_brackets(key.path);
    if (plain == described || plain.rfind(described + ".", 0) == 0) {
      if (!text.empty()) text += '\n';
      explain_one(key, text);
    }
  }
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> closest_key(std::string_view path) {
  std::vector<std::string> names;
  for (const KeyHelp& key : all_keys()) names.push_back(without_brackets(key.path));
  if (auto guess = closest(without_brackets(path), names)) return guess;
  // The last name alone: "sockets" for milter.socket.
  std::vector<std::string> last;
  for (const std::string& name : names) last.push_back(name.substr(name.rfind('.') + 1));
  const auto guess = closest(path.substr(path.rfind('.') + 1), last);
  if (!guess) return std::nullopt;
  const auto at = std::find(last.begin(), last.end(), *guess) - last.begin();
  return names[static_cast<std::size_t>(at)];
}

std::string configuration_reference() {
  std::string text =
      "# noshare.yaml: every key\n\n"
      "Written by `noshare config explain --all --format markdown`; a test compares this "
      "page with\nthe program. `[]` stands for each item of a list.\n\n"
      "A file with only `organisation:` and `milter:` is enough. An unknown key is an "
      "error. Relative\npaths are relative to the folder of the file.\n\n"
      "| key | type | what it is |\n|---|---|---|\n";
  const std::vector<KeyHelp> keys = all_keys();
  for (const KeyHelp& key : keys) {
    text += "| " + code(key.path) + " | " + cell(key.type) + " | " + cell(key.summary) +
            " |\n";
  }
  text += "\n";
  for (const KeyHelp& key : keys) {
    if (is_section(key)) {
      text += "## `" + std::string(key.path) + "`\n\n" + std::string(key.summary) + "." +
              (key.details.empty() ? "" : " " + std::string(key.details)) + "\n\n";
    } else {
      reference_entry(key, text);
    }
  }
  text += "## Placeholders of a reply\n\n| placeholder | stands for |\n|---|---|\n";
  for (const Placeholder& one : reply_placeholders()) {
    text += "| `{" + std::string(one.name) + "}` | " + std::string(one.meaning) + " |\n";
  }
  return text;
}

}  // namespace noshare::config
