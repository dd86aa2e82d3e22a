// The filter's control socket, from a terminal: one line of JSON there, one back.
#pragma once

#include <string>

#include "noshare/base/json.h"

namespace noshare::cli {

// Errors: kIo when no filter listens, or it does not answer; what the filter itself says
// went wrong.
Result<Json> ask_filter(const std::string& socket, const char* command);

}  // namespace noshare::cli
