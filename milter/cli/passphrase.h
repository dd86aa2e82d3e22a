// Passphrase: from a file, or typed by a person who does not see it.
#pragma once

#include <string>

#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"

namespace noshare::cli {

// The first line of `file`, or, if that is empty, what is typed at the terminal after
// `prompt`. With `twice` it is asked for again and has to be the same.
// Errors: kIo, kInvalidInput (empty, not the same, no terminal).
Result<Sensitive> read_passphrase(const std::string& file, const std::string& prompt,
                                  bool twice);

}  // namespace noshare::cli
