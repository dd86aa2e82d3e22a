// SettingsValue: see settings_value.h.
#include "config/settings_value.h"

#include <algorithm>
#include <tuple>

#include "noshare/base/text.h"

#include "config/field_text.h"
#include "config/yaml_map.h"

namespace noshare::config {

namespace {

const char* kind_of(const YAML::Node& node) {
  if (node.IsMap()) return "a mapping";
  if (node.IsSequence()) return "a list";
  if (node.IsNull() || !node.IsDefined()) return "nothing";
  return "a single value";
}

}  // namespace

void SettingsFaults::add(const YAML::Mark& mark, const std::string& what) {
  const Fault fault =
      mark.is_null() ? Fault{0, 0, what} : Fault{mark.line + 1, mark.column + 1, what};
  faults_.push_back(fault);
}

Result<void> SettingsFaults::result() const {
  if (faults_.empty()) return {};
  std::vector<Fault> sorted = faults_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Fault& a, const Fault& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  std::string message;
  for (std::size_t i = 0; i < sorted.size() && i < kMost; ++i) {
    if (i > 0) message += '\n';
    message += file_;
    if (sorted[i].line > 0) {
      message +=
          ":" + std::to_string(sorted[i].line) + ":" + std::to_string(sorted[i].column);
    }
    message += ": " + sorted[i].text;
  }
  if (sorted.size() > kMost) {
    message += "\n" + file_ + ": and " + std::to_string(sorted.size() - kMost) + " more";
  }
  return fail(ErrorCode::kInvalidInput, message);
}

void SettingsValue::fault_at(const YAML::Node& node, const std::string& what) const {
  faults_->add(node.Mark(), path_ + ": " + what);
}

void SettingsValue::wrong(const YAML::Node& node, const std::string& given,
                          const Error& error) const {
  fault_at(node, "wrong value '" + given.substr(0, 80) + "', " + error.message);
}

std::optional<std::string> SettingsValue::text_of(const YAML::Node& node) const {
  if (!node.IsScalar()) {
    fault_at(node, std::string("expected one value, found ") + kind_of(node));
    return std::nullopt;
  }
  const std::string given(trimmed(node.Scalar()));
  if (given.empty()) {
    fault_at(node, "expected a value, found an empty one");
    return std::nullopt;
  }
  return given;
}

std::optional<std::string> SettingsValue::text() const { return text_of(node_); }

bool SettingsValue::truth(bool& into) const {
  const auto given = text();
  if (!given) return false;
  if (*given != "true" && *given != "false") {
    unknown_word(*given, {"true", "false"});
    return false;
  }
  into = *given == "true";
  return true;
}

void SettingsValue::path(std::filesystem::path& into,
                         const std::filesystem::path& folder) const {
  if (const auto given = text()) into = (folder / *given).lexically_normal();
}

void SettingsValue::optional_path(std::filesystem::path& into,
                                  const std::filesystem::path& folder) const {
  if (node_.IsScalar() && node_.Scalar() == "none") {
    into.clear();
  } else {
    path(into, folder);
  }
}

bool SettingsValue::checked(Result<void> (*check)(std::string_view),
                            std::string& into) const {
  const auto given = text();
  if (!given) return false;
  const auto result = check(*given);
  if (!result) {
    wrong(node_, *given, result.error());
    return false;
  }
  into = *given;
  return true;
}

std::optional<std::uint64_t> SettingsValue::whole_number(std::uint64_t least,
                                                         std::uint64_t most) const {
  const auto given = text();
  if (!given) return std::nullopt;
  const auto number = parse_whole_number(*given, least, most);
  if (number) return *number;
  wrong(node_, *given, number.error());
  return std::nullopt;
}

void SettingsValue::texts(Result<void> (*check)(std::string_view),
                          std::vector<std::string>& into) const {
  if (!node_.IsScalar() && !node_.IsSequence()) {
    fault(std::string("expected a list, found ") + kind_of(node_));
    return;
  }
  const auto take = [&](const YAML::Node& item) {
    const auto given = text_of(item);
    if (!given) return;
    const auto result = check == nullptr ? Result<void>() : check(*given);
    if (result) {
      into.push_back(*given);
    } else {
      wrong(item, *given, result.error());
    }
  };
  if (node_.IsScalar()) {
    take(node_);
  } else {
    for (const YAML::Node& item : node_) take(item);
  }
}

void SettingsValue::unknown_word(const std::string& given,
                                 const std::vector<std::string>& known) const {
  fault(unknown_word_message("value", given, known));
}

}  // namespace noshare::config
