// JSON values that keep the order of their keys. The one place that names the JSON
// library.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "noshare/base/result.h"

// Its code is made once, in json.cc: each file that names JSON would compile it anew.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace noshare {

using Json = nlohmann::ordered_json;

// Errors: kInvalidInput with the offset of the first fault.
Result<Json> parse_json(std::string_view text);

// One line, invalid UTF-8 replaced by U+FFFD, so that it never throws.
std::string to_line(const Json& value);

}  // namespace noshare
