// YamlMap: one YAML mapping, read key by key into typed values.
//
// In:  a parsed node     Out: values, and the first fault as "file:line:column: what is
// wrong" A key that nobody asked for is a fault, with a guess at what was meant. After a
// fault the remaining reads do nothing, so that a caller reads straight through and asks
// once at the end.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "noshare/base/json.h"
#include "noshare/base/result.h"

namespace noshare::config {

// The first fault of a file. Shared by all the maps read from it.
class YamlFaults {
 public:
  explicit YamlFaults(std::string file) : file_(std::move(file)) {}

  void report(const YAML::Mark& mark, const std::string& what);
  void report(const YAML::Node& node, const std::string& what) {
    report(node.Mark(), what);
  }
  bool any() const { return fault_.has_value(); }
  Result<void> result() const;
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::optional<Error> fault_;
};

// Parses a text of one YAML document. Errors: kInvalidInput with the place.
Result<YAML::Node> parse_yaml(const std::string& text, const std::string& file_name);

// The line of a node, counted from 1.
int line_of(const YAML::Node& node);

// A node as JSON, keeping the order of keys. Plain scalars that read as whole or decimal
// numbers, `true`, `false` and `null` become such; quoted ones, and digits with a leading
// zero, stay text.
Json to_json(const YAML::Node& node);

class YamlMap {
 public:
  // `what` names the mapping in messages: "pattern 'iban'".
  YamlMap(YamlFaults& faults, const YAML::Node& node, std::string what);

  // Each read leaves `into` alone when the key is missing, and returns whether it is
  // there.
  bool text(const char* key, std::string& into);
  bool truth(const char* key, bool& into);
  bool number(const char* key, int& into, int least, int most);
  bool texts(const char* key, std::vector<std::string>& into);  // a list, or one text
  // The node below a key, for what the other reads do not cover.
  std::optional<YAML::Node> node(const char* key);
  // Calls `read` for every item of a list, or once for a single mapping.
  bool each(const char* key, const std::function<void(const YAML::Node&)>& read);

  template <class Value>
  bool choice(const char* key, Value& into,
              const std::vector<std::pair<std::string, Value>>& words) {
    std::string word;
    if (!text(key, word)) return false;
    for (const auto& [name, value] : words) {
      if (name == word) {
        into = value;
        return true;
      }
    }
    std::vector<std::string> names;
    for (const auto& entry : words) names.push_back(entry.first);
    unknown_word(key, word, names);
    return false;
  }

  void require(const char* key);  // a fault unless the key was there and not empty
  void finish();                  // a fault for the first key that nobody asked for
  bool has(const char* key) const;
  void fault(const std::string& what) { faults_.report(node_, what_ + ": " + what); }
  void fault_at(const char* key, const std::string& what);

 private:
  void unknown_word(const char* key, const std::string& word,
                    const std::vector<std::string>& names);
  std::string scalar(const YAML::Node& value, const char* key);

  YamlFaults& faults_;
  YAML::Node node_;
  std::string what_;
  std::vector<std::string> asked_;
};

// "unknown <kind> '<word>'; did you mean '<guess>'?", or the list of what there is.
std::string unknown_word_message(const std::string& kind, const std::string& word,
                                 const std::vector<std::string>& known);

}  // namespace noshare::config
