// SettingsValue: one value of noshare.yaml, read into a typed place.
//
// In:  a YAML node     Out: the value, or a fault with file:line:column
// A fault leaves the target as it was and does not stop the reading, so that the
// administrator sees several faults at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "noshare/base/clock.h"
#include "noshare/base/result.h"

namespace noshare::config {

// The faults of one file.
class SettingsFaults {
 public:
  explicit SettingsFaults(std::string file) : file_(std::move(file)) {}
  void add(const YAML::Mark& mark, const std::string& what);
  // All faults in order of place, one a line; at most kMost are told.
  Result<void> result() const;
  const std::string& file() const { return file_; }

 private:
  static constexpr std::size_t kMost = 20;
  struct Fault {
    int line;
    int column;
    std::string text;
  };
  std::string file_;
  std::vector<Fault> faults_;
};

class SettingsValue {
 public:
  // `path` as in the table of keys: "rules[].when.entity".
  SettingsValue(const YAML::Node& node, std::string path, SettingsFaults& faults)
      : node_(node), path_(std::move(path)), faults_(&faults) {}

  const YAML::Node& node() const { return node_; }
  int line() const { return node_.Mark().line + 1; }
  void fault(const std::string& what) const { fault_at(node_, what); }
  void fault_at(const YAML::Node& node, const std::string& what) const;

  // The value of one key below this one.
  SettingsValue below(const std::string& key, const YAML::Node& node) const {
    return {node, path_ + "." + key, *faults_};
  }

  std::optional<std::string> text() const;  // one value, not empty
  bool truth(bool& into) const;
  void path(std::filesystem::path& into, const std::filesystem::path& folder) const;
  // Or the word "none", which empties it.
  void optional_path(std::filesystem::path& into,
                     const std::filesystem::path& folder) const;

  // One value through one of the parsers of field_text.h.
  template <class Parsed, class Into>
  bool parsed(Result<Parsed> (*parse)(std::string_view), Into& into) const {
    const auto given = text();
    if (!given) return false;
    auto result = parse(*given);
    if (!result) {
      wrong(node_, *given, result.error());
      return false;
    }
    into = *std::move(result);
    return true;
  }
  // One value that one of the checks of field_text.h accepts.
  bool checked(Result<void> (*check)(std::string_view), std::string& into) const;

  template <class Number>
  void number(Number& into, std::uint64_t least, std::uint64_t most) const {
    if (const auto given = whole_number(least, most)) into = static_cast<Number>(*given);
  }

  // A list, or one value alone. `check` may be null.
  void texts(Result<void> (*check)(std::string_view),
             std::vector<std::string>& into) const;

  // One of a few words.
  template <class Word>
  void choice(const std::vector<std::pair<std::string, Word>>& words, Word& into) const {
    const auto given = text();
    if (!given) return;
    std::vector<std::string> names;
    for (const auto& [word, value] : words) {
      if (word == *given) {
        into = value;
        return;
      }
      names.push_back(word);
    }
    unknown_word(*given, names);
  }
  void unknown_word(const std::string& given,
                    const std::vector<std::string>& known) const;

 private:
  std::optional<std::string> text_of(const YAML::Node& node) const;
  std::optional<std::uint64_t> whole_number(std::uint64_t least,
                                            std::uint64_t most) const;
  void wrong(const YAML::Node& node, const std::string& given, const Error& error) const;

  YAML::Node node_;
  std::string path_;
  SettingsFaults* faults_;
};

// Reads the text of a settings file: one document, UTF-8, no tabs for indentation, no
// anchors, of sensible size. Errors: kInvalidInput with the place.
Result<YAML::Node> parse_settings_yaml(const std::string& text,
                                       const std::string& file_name);

}  // namespace noshare::config
