// Number groups: see number_groups.h.
#include "customers/number_groups.h"

namespace noshare::customers {

namespace {

std::size_t token_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_alnum(text[at])) ++at;
  return at;
}

bool has_digit(std::string_view token) {
  for (const char c : token) {
    if (is_ascii_digit(c)) return true;
  }
  return false;
}

// "CUST-0042": letters that a hyphen or slash ties to the number belong to it.
std::size_t number_begin(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostBack = 40;
  const std::size_t least = at > kMostBack ? at - kMostBack : 0;
  while (at > least && is_ascii_alnum(text[at - 1])) --at;
  while (at > least + 1 &&
         (text[at - 1] == '-' || text[at - 1] == '/' || text[at - 1] == '.' ||
          text[at - 1] == '_') &&
         is_ascii_alnum(text[at - 2])) {
    --at;
    while (at > least && is_ascii_alnum(text[at - 1])) --at;
  }
  return at;
}

// The next group after one that ends at `at`: npos if none follows closely.
std::size_t next_group(std::string_view text, std::size_t at) {
  std::size_t gap = 0;
  while (at < text.size() && gap <= kMostGap &&
         (joins_groups(text[at]) || text[at] == '_')) {
    ++at;
    ++gap;
  }
  const bool found =
      gap > 0 && gap <= kMostGap && at < text.size() && is_ascii_alnum(text[at]);
  return found ? at : std::string_view::npos;
}

}  // namespace

void find_groups(std::string_view text, std::size_t at, GroupRun& run) {
  run.groups.clear();
  std::size_t begin = number_begin(text, at);
  run.end = at + 1;
  std::size_t last_digits = 0;  // groups up to the last one with a digit
  while (begin != std::string_view::npos && run.groups.size() < kMostGroups) {
    const std::size_t end = token_end(text, begin);
    const std::string_view token = text.substr(begin, end - begin);
    const bool digits = has_digit(token);
    // Words without a digit belong only where letters are part of a number: "NWBK".
    if (!digits && (token.size() > 5 || run.groups.size() > last_digits + 1)) break;
    run.groups.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    if (digits) {
      last_digits = run.groups.size();
      run.end = end;
    }
    begin = next_group(text, end);
  }
  run.groups.resize(last_digits);
}

}  // namespace noshare::customers
