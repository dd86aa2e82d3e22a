#include "detect/checks/parameters.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostDigits = 9;  // what an int surely holds
const Json kNothing;

}  // namespace

Parameters::Parameters(std::string check, const Json& json)
    : check_(std::move(check)), json_(json) {
  if (!json.is_object() && !json.is_null()) fault("expected a mapping of parameters");
}

void Parameters::fault(const std::string& what) {
  if (!fault_) fault_ = "check '" + check_ + "': " + what;
}

const Json& Parameters::item(const char* key) {
  asked_.emplace_back(key);
  return has(key) ? json_[key] : kNothing;
}

int Parameters::integer(const char* key, int fallback, int least, int most) {
  const Json& value = item(key);
  if (value.is_null()) return fallback;
  const auto number = as_integer(value);
  if (!number || *number < least || *number > most) {
    fault("'" + std::string(key) + "' must be a whole number from " +
          std::to_string(least) + " to " + std::to_string(most));
    return fallback;
  }
  return *number;
}

bool Parameters::truth(const char* key, bool fallback) {
  const Json& value = item(key);
  if (value.is_null()) return fallback;
  if (!value.is_boolean()) {
    fault("'" + std::string(key) + "' must be true or false");
    return fallback;
  }
  return value.get<bool>();
}

std::string Parameters::text(const char* key, const std::string& fallback) {
  const Json& value = item(key);
  if (value.is_null()) return fallback;
  const auto text = as_text(value);
  if (!text) fault("'" + std::string(key) + "' must be a text");
  return text.value_or(fallback);
}

std::vector<int> Parameters::integers(const char* key, int least, int most) {
  const Json& value = item(key);
  std::vector<int> numbers;
  if (value.is_null()) return numbers;
  const Json list = value.is_array() ? value : Json::array({value});
  for (const Json& entry : list) {
    const auto number = as_integer(entry);
    if (!number || *number < least || *number > most) {
      fault("'" + std::string(key) + "' must hold whole numbers from " +
            std::to_string(least) + " to " + std::to_string(most));
      return {};
    }
    numbers.push_back(*number);
  }
  return numbers;
}

std::vector<std::string> Parameters::texts(const char* key) {
  const Json& value = item(key);
  std::vector<std::string> list;
  if (value.is_null()) return list;
  const Json entries = value.is_array() ? value : Json::array({value});
  for (const Json& entry : entries) {
    auto text = as_text(entry);
    if (!text || text->empty()) {
      fault("'" + std::string(key) + "' must be a list of texts");
      return {};
    }
    list.push_back(std::move(*text));
  }
  return list;
}

void Parameters::require(const char* key) {
  if (!has(key)) fault("'" + std::string(key) + "' is missing");
}

Result<void> Parameters::finish() {
  if (!fault_ && json_.is_object()) {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
      std::string message = "unknown parameter '" + key + "'";
      if (const auto guess = closest(key, asked_))
        message += ", did you mean '" + *guess + "'?";
      fault(message);
    }
  }
  if (fault_) return fail(ErrorCode::kInvalidInput, *fault_);
  return {};
}

std::optional<int> as_integer(const Json& value) {
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number < -1'000'000'000 || number > 1'000'000'000) return std::nullopt;
    return static_cast<int>(number);
  }
  int number = 0;
  if (value.is_string() && parse_digits(value.get_ref<const std::string&>(), number)) {
    return number;
  }
  return std::nullopt;
}

std::optional<std::string> as_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return std::nullopt;
}

bool parse_digits(std::string_view digits, int& number) {
  if (digits.empty() || digits.size() > kMostDigits) return false;
  int result = 0;
  for (const char c : digits) {
    if (!is_ascii_digit(c)) return false;
    result = result * 10 + (c - '0');
  }
  number = result;
  return true;
}

std::optional<DigitRange> parse_digit_range(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  const std::string_view first = text.substr(0, hyphen);
  const std::string_view last =
      hyphen == std::string_view::npos ? first : text.substr(hyphen + 1);
  DigitRange range;
  range.digits = first.size();
  if (first.size() != last.size() || !parse_digits(first, range.first) ||
      !parse_digits(last, range.last) || range.first > range.last) {
    return std::nullopt;
  }
  return range;
}

bool resolve_place(int place, std::size_t length, std::size_t& at) {
  const auto size = static_cast<std::int64_t>(length);
  const std::int64_t resolved = place < 0 ? size + place : place;
  if (resolved < 0 || resolved > size) return false;
  at = static_cast<std::size_t>(resolved);
  return true;
}

}  // namespace noshare::detect
