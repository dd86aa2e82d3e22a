// Reply templates: the text of a refusal with {placeholders}.
//
// In:  a rule's `reply` and the values to fill in     Out: the text
// One list of placeholders serves the check at start, the filling in and the
// documentation. "{case}" is not filled in here: the case number is known only when the
// incident is stored.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"

namespace noshare::config {

struct Placeholder {
  std::string_view name;
  std::string_view meaning;
};
std::span<const Placeholder> reply_placeholders();

// Placeholders of a text that are not closed or not among those known, in their order.
struct PlaceholderFault {
  std::size_t at = 0;  // of the '{', in bytes
  std::string message;
};
std::vector<PlaceholderFault> placeholder_faults(std::string_view text,
                                                 std::span<const Placeholder> known);
// Errors: kInvalidInput for an unknown or unclosed placeholder, with what is known.
Result<void> check_placeholders(std::string_view text);

struct ReplyValue {
  std::string_view name;
  std::string text;
};
// Replaces each placeholder that has a value; others stay as they are.
std::string fill_reply(std::string_view text, std::span<const ReplyValue> values);

}  // namespace noshare::config
