// See short_values.h.
#include "extract/short_values.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "extract/header_block.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kShortest = 3;  // letters: two digits
constexpr std::size_t kTelling = 6;   // of one that tells that the line holds some
constexpr std::size_t kLongest = 24;  // what is longer is a run (embedded.h)

bool is_base64(char c) {
  return is_ascii_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

// What the letters stand for, if that is a number; else "".
std::string value_of(std::string_view letters, std::size_t shortest) {
  if (letters.size() < shortest || letters.size() > kLongest) return "";
  std::string value = decode_base64(letters).bytes;
  const bool number = std::all_of(value.begin(), value.end(), [](char c) {
    return is_ascii_digit(c) || is_ascii_upper(c) || c == ' ' || c == '-' || c == '\n';
  });
  const auto digits = std::count_if(value.begin(), value.end(), is_ascii_digit);
  return number && digits >= 2 ? value : "";
}

// The letters that end before `end`.
std::string_view letters_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin <= kLongest && is_base64(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::string with_values(std::string_view line) {
  std::string result;
  std::size_t told = 0;
  for (std::size_t at = 0; at < line.size();) {
    while (at < line.size() && !is_base64(line[at])) ++at;
    const std::size_t begin = at;
    while (at < line.size() && is_base64(line[at])) ++at;
    const std::string value = value_of(line.substr(begin, at - begin), kShortest);
    if (value.empty()) continue;
    result.append(line.substr(told, begin - told)).append(value);
    told = std::min(line.find_first_not_of('=', at), line.size());
  }
  return told == 0 ? "" : result.append(line.substr(told)).append("\n");
}

}  // namespace

std::string lines_with_short_values(std::string_view text) {
  std::string lines;
  for (std::size_t at = text.find('='); at < text.size(); at = text.find('=', at)) {
    const std::string value = value_of(letters_before(text, at), kTelling);
    at = std::min(text.find_first_not_of('=', at), text.size());
    if (value.empty()) continue;
    const std::size_t before = text.find_last_of('\n', at - 1);
    const Line line = line_at(text, before == text.npos ? 0 : before + 1);
    lines += with_values(line.text);
    at = std::max(at, line.next);
  }
  return lines;
}

}  // namespace noshare::extract
