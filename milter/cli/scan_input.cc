#include "scan_input.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

namespace noshare::cli {

namespace {

constexpr std::array<std::string_view, 11> kMailHeaders = {
    "from", "to",       "subject",     "date",         "message-id",  "received",
    "cc",   "reply-to", "return-path", "mime-version", "content-type"};

// The name of a header line, or nothing.
std::string_view header_name(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return {};
  const std::string_view name = line.substr(0, colon);
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) {
    return c > ' ' && static_cast<unsigned char>(c) < 0x7F;
  });
  return printable ? name : std::string_view();
}

scan::InputKind kind_of(const std::string& name, std::string_view bytes, InputForm form) {
  switch (form) {
    case InputForm::kMessage:
      return scan::InputKind::kMessage;
    case InputForm::kText:
      return scan::InputKind::kText;
    case InputForm::kFile:
      return scan::InputKind::kFile;
    case InputForm::kAuto:
      break;
  }
  const std::string extension =
      ascii_lowered(std::filesystem::path(name).extension().string());
  if (extension == ".eml" || looks_like_message(bytes)) return scan::InputKind::kMessage;
  return scan::InputKind::kFile;
}

}  // namespace

bool looks_like_message(std::string_view bytes) {
  std::size_t lines = 0;
  bool known = false;
  if (bytes.substr(0, 5) == "From ")
    bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size()));
  while (!bytes.empty() && lines < 100) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) {
      if (lines == 0) continue;
      break;
    }
    if (line.front() == ' ' || line.front() == '\t') continue;  // a folded line
    const std::string_view name = header_name(line);
    if (name.empty()) return false;
    ++lines;
    known = known ||
            std::any_of(kMailHeaders.begin(), kMailHeaders.end(),
                        [&](auto header) { return equal_ignoring_case(header, name); });
  }
  return known && lines >= 2;
}

Result<ScanInput> read_input(const std::string& name, InputForm form) {
  ScanInput input;
  input.name = name;
  std::string bytes;
  if (name == "-") {
    bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    NOSHARE_TRY(bytes, read_file(name, 4ULL << 30));
  }
  input.kind = kind_of(name, bytes, form);
  input.bytes = Sensitive(std::move(bytes));
  return input;
}

}  // namespace noshare::cli
