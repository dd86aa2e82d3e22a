// YamlMap: see yaml_map.h. The room's only contact with yaml-cpp's exceptions is
// parse_yaml.
#include "config/yaml_map.h"

#include <algorithm>
#include <charconv>

#include "noshare/base/text.h"

namespace noshare::config {
namespace {

constexpr std::size_t kMostWordsListed = 24;  // more make a message nobody reads

Json scalar_to_json(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted
  if (text == "true") return true;
  if (text == "false") return false;
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  const std::string_view digits = std::string_view(text).substr(text[0] == '-' ? 1 : 0);
  const bool padded = digits.size() > 1 && digits[0] == '0' && digits[1] != '.';
  if (digits.empty() || !is_ascii_digit(digits[0]) || padded) return text;
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  auto parsed = std::from_chars(text.data(), end, whole);
  if (parsed.ec == std::errc() && parsed.ptr == end) return whole;
  if (text.find_first_not_of("-.0123456789") != std::string::npos) return text;
  double decimal = 0;
  parsed = std::from_chars(text.data(), end, decimal);
  if (parsed.ec == std::errc() && parsed.ptr == end) return decimal;
  return text;
}

std::string place(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return file;
  return file + ":" + std::to_string(mark.line + 1) + ":" +
         std::to_string(mark.column + 1);
}

}  // namespace

void YamlFaults::report(const YAML::Mark& mark, const std::string& what) {
  if (fault_) return;
  fault_ = Error{ErrorCode::kInvalidInput, place(file_, mark) + ": " + what};
}

Result<void> YamlFaults::result() const {
  if (fault_) return tl::unexpected(*fault_);
  return {};
}

Result<YAML::Node> parse_yaml(const std::string& text, const std::string& file_name) {
  try {
    std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.size() > 1) {
      return fail(ErrorCode::kInvalidInput, file_name + ": more than one YAML document");
    }
    return documents.empty() ? YAML::Node() : documents.front();
  } catch (const YAML::ParserException& error) {
    return fail(ErrorCode::kInvalidInput,
                place(file_name, error.mark) + ": " + error.msg);
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::kInvalidInput, file_name + ": " + error.what());
  }
}

int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

Json to_json(const YAML::Node& node) {
  if (node.IsScalar()) return scalar_to_json(node);
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const auto& item : node) list.push_back(to_json(item));
    return list;
  }
  if (node.IsMap()) {
    Json map = Json::object();
    for (const auto& item : node) {
      map[item.first.IsScalar() ? item.first.Scalar() : std::string()] =
          to_json(item.second);
    }
    return map;
  }
  return nullptr;
}

YamlMap::YamlMap(YamlFaults& faults, const YAML::Node& node, std::string what)
    : faults_(faults), node_(node), what_(std::move(what)) {
  if (!node.IsMap()) {
    faults_.report(node, what_ + ": expected a mapping of keys to values");
    return;
  }
  std::vector<std::string> seen;
  for (const auto& item : node) {
    if (!item.first.IsScalar()) {
      faults_.report(item.first, what_ + ": a key must be a word");
      continue;
    }
    const std::string& key = item.first.Scalar();
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
      faults_.report(item.first, what_ + ": key '" + key + "' occurs twice");
    }
    seen.push_back(key);
  }
}

std::optional<YAML::Node> YamlMap::node(const char* key) {
  asked_.emplace_back(key);
  if (faults_.any() || !node_.IsMap()) return std::nullopt;
  const YAML::Node& map = node_;  // the const operator[] does not insert
  YAML::Node value = map[key];
  if (!value.IsDefined()) return std::nullopt;
  return value;
}

bool YamlMap::has(const char* key) const {
  return node_.IsMap() && node_[key].IsDefined() && !node_[key].IsNull();
}

std::string YamlMap::scalar(const YAML::Node& value, const char* key) {
  if (value.IsScalar()) return value.Scalar();
  faults_.report(value,
                 what_ + ": '" + key + "' must be one value, not a list or mapping");
  return {};
}

bool YamlMap::text(const char* key, std::string& into) {
  auto value = node(key);
  if (!value) return false;
  into = scalar(*value, key);
  if (!is_valid_utf8(into))
    faults_.report(*value, what_ + ": '" + key + "' is not UTF-8");
  return !faults_.any();
}

bool YamlMap::truth(const char* key, bool& into) {
  auto value = node(key);
  if (!value) return false;
  const std::string word = scalar(*value, key);
  if (word != "true" && word != "false") {
    faults_.report(*value, what_ + ": '" + key + "' must be true or false");
    return false;
  }
  into = word == "true";
  return true;
}

bool YamlMap::number(const char* key, int& into, int least, int most) {
  auto value = node(key);
  if (!value) return false;
  const std::string digits = scalar(*value, key);
  int number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < least ||
      number > most) {
    faults_.report(*value, what_ + ": '" + key + "' must be a whole number from " +
                               std::to_string(least) + " to " + std::to_string(most));
    return false;
  }
  into = number;
  return true;
}

bool YamlMap::texts(const char* key, std::vector<std::string>& into) {
  auto value = node(key);
  if (!value) return false;
  into.clear();
  if (value->IsScalar()) {
    into.push_back(value->Scalar());
  } else if (value->IsSequence()) {
    for (const auto& item : *value) into.push_back(scalar(item, key));
  } else {
    faults_.report(*value, what_ + ": '" + key + "' must be a list");
  }
  for (const std::string& item : into) {
    if (item.empty() || !is_valid_utf8(item)) {
      faults_.report(*value,
                     what_ + ": '" + key + "' holds an empty item or one not UTF-8");
    }
  }
  return !faults_.any();
}

bool YamlMap::each(const char* key, const std::function<void(const YAML::Node&)>& read) {
  auto value = node(key);
  if (!value) return false;
  if (!value->IsSequence()) {
    read(*value);
  } else {
    for (const auto& item : *value) {
      if (!faults_.any()) read(item);
    }
  }
  return !faults_.any();
}

void YamlMap::require(const char* key) {
  const YAML::Node& map = node_;
  const bool there = node_.IsMap() && map[key].IsDefined() && !map[key].IsNull() &&
                     !(map[key].IsScalar() && map[key].Scalar().empty());
  if (!there) fault("'" + std::string(key) + "' is missing");
}

void YamlMap::finish() {
  if (faults_.any() || !node_.IsMap()) return;
  for (const auto& item : node_) {
    const std::string& key = item.first.Scalar();
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
      faults_.report(item.first, what_ + ": " + unknown_word_message("key", key, asked_));
    }
  }
}

void YamlMap::fault_at(const char* key, const std::string& what) {
  const YAML::Node& map = node_;
  const bool there = node_.IsMap() && map[key].IsDefined();
  faults_.report(there ? map[key] : node_, what_ + ": " + what);
}

void YamlMap::unknown_word(const char* key, const std::string& word,
                           const std::vector<std::string>& names) {
  fault_at(key, unknown_word_message(key, word, names));
}

std::string unknown_word_message(const std::string& kind, const std::string& word,
                                 const std::vector<std::string>& known) {
  std::string message = "unknown " + kind + " '" + word + "'";
  if (known.size() <= kMostWordsListed) {
    message += ", expected one of";
    for (const std::string& name : known)
      message += (name == known[0] ? " " : ", ") + name;
  }
  if (const auto guess = closest(word, known))
    message += "; did you mean '" + *guess + "'?";
  return message;
}

}  // namespace noshare::config
