// See encoded_lines.h.
#include "extract/encoded_lines.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

#include "extract/encodings.h"
#include "extract/header_block.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostFound = 200;

std::string_view without_quote_marks(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of("> |\t"), line.size()));
}

// Its first sign says how many bytes it holds. Trailing spaces get lost on the way, and
// some write a sign more.
bool is_uuencoded(std::string_view line, std::size_t fewest) {
  if (line.empty()) return false;
  const std::size_t bytes = (static_cast<unsigned char>(line[0]) - 32U) & 63U;
  const std::size_t size = 1 + (bytes + 2) / 3 * 4;
  if (bytes < fewest || bytes > 45 || line.size() + 2 < size || line.size() > size + 1) {
    return false;
  }
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return c >= ' ' && c <= '`'; });
}

// The end of a line that is base45, if there is one.
std::optional<std::string> base45_at_end(std::string_view line) {
  constexpr std::size_t kShortest = 30;
  std::size_t begin = line.size();
  while (begin > 0 && is_base45_sign(line[begin - 1])) --begin;
  // A label's colon and blank may be signs of it, too.
  for (int i = 0; i < 4 && line.size() - begin >= kShortest; ++i) {
    if (auto bytes = bytes_in_base45(line.substr(begin))) return bytes;
    begin = std::min(line.find_first_of(" :", begin), line.size() - 1) + 1;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> bytes_of_encoded_lines(std::string_view text) {
  constexpr std::size_t kFewestBytes = 12;  // of a line that others may follow
  std::vector<std::string> found;
  std::string block;
  const auto finish = [&] {
    if (!block.empty()) found.push_back(decode_uuencode(block).bytes);
    block.clear();
  };
  for (std::size_t at = 0; at < text.size() && found.size() < kMostFound;) {
    const Line line = line_at(text, at);
    at = line.next;
    const std::string_view bare = without_quote_marks(line.text);
    if (is_uuencoded(bare, block.empty() ? kFewestBytes : 1)) {
      block.append(bare).append("\n");
      continue;
    }
    finish();
    if (auto bytes = base45_at_end(bare)) found.push_back(std::move(*bytes));
  }
  finish();
  return found;
}

}  // namespace noshare::extract
