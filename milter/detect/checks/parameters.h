// Parameters: what a pack gives to one check, read by key into typed values.
//
// In:  the JSON of a CheckSpec     Out: values, and the first fault as an Error
// A key that nobody asked for is a fault. After a fault further reads return their
// fallback, so that a family reads straight through and asks once at the end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "noshare/base/json.h"
#include "noshare/base/result.h"

namespace noshare::detect {

class Parameters {
 public:
  // `json` may be null: a check without parameters. It must outlive this object.
  Parameters(std::string check, const Json& json);

  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  int integer(const char* key, int fallback, int least, int most);
  bool truth(const char* key, bool fallback);
  std::string text(const char* key, const std::string& fallback);
  // Lists; one value counts as a list of one. Empty when the key is missing.
  std::vector<int> integers(const char* key, int least, int most);
  std::vector<std::string> texts(const char* key);
  // The JSON below a key, null when it is missing.
  const Json& item(const char* key);

  void require(const char* key);
  void fault(const std::string& what);
  bool faulty() const { return fault_.has_value(); }
  Result<void> finish();  // the first fault, or the first key that nobody asked for

 private:
  std::string check_;
  const Json& json_;
  std::vector<std::string> asked_;
  std::optional<std::string> fault_;
};

// A whole number, or text of digits as YAML gives them when they begin with zero.
std::optional<int> as_integer(const Json& value);
// A text, or a whole number in its digits.
std::optional<std::string> as_text(const Json& value);

// "000-499" or "7": two ends of the same number of digits.
struct DigitRange {
  int first = 0;
  int last = 0;
  std::size_t digits = 0;
};
std::optional<DigitRange> parse_digit_range(std::string_view text);

// A place in a value: from the front when it is not negative, else from the end (-1 is
// the last character). False when the value is too short for it.
bool resolve_place(int place, std::size_t length, std::size_t& at);

// The number that these digits write. False unless they are 1 to 9 ASCII digits.
bool parse_digits(std::string_view digits, int& number);

}  // namespace noshare::detect
