// What one scan works on: bytes, a name for reports, and what kind of thing they are.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"
#include "noshare/scan/scanner.h"

namespace noshare::cli {

// `--as`: kAuto takes .eml for a message and decides by content otherwise.
enum class InputForm { kAuto, kMessage, kText, kFile };

struct ScanInput {
  std::string name;
  Sensitive bytes;
  scan::InputKind kind = scan::InputKind::kMessage;
};

// "-" is standard input. Errors: kNotFound, kIo.
Result<ScanInput> read_input(const std::string& name, InputForm form);

// True if the bytes begin like a message: at least two header lines before anything else,
// one of which a mail program writes (RFC 5322 section 3.6, RFC 2045).
bool looks_like_message(std::string_view bytes);

}  // namespace noshare::cli
