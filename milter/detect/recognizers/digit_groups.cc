// Splits a stretch of text into digit groups; see digit_groups.h.
#include "detect/recognizers/digit_groups.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

namespace noshare::detect {
namespace {

// The longest gap is ") - (" with a three-byte dash.
constexpr std::size_t kMostGapBytes = 7;
constexpr std::uint32_t kMostBracketedDigits = 5;

struct Separator {
  Join join;
  std::size_t bytes;
};

// The separator of numbers that starts at `at`, other than a space or a bracket.
std::optional<Separator> separator_at(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '-':
      return Separator{Join::kHyphen, 1};
    case '.':
      return Separator{Join::kDot, 1};
    case '/':
      return Separator{Join::kSlash, 1};
    default:
      break;
  }
  const CodePoint point = code_point_at(text, at);
  if (point.value >= 0x2010 && point.value <= 0x2015)
    return Separator{Join::kHyphen, point.bytes};
  return std::nullopt;
}

// What a gap between two groups means. Inside a number there is at most one separator,
// one bracket of each kind, and no two spaces in a row.
Join join_of(std::string_view gap) {
  if (gap.empty() || gap.size() > kMostGapBytes) return Join::kNone;
  Join join = Join::kSpace;
  int separators = 0;
  int opening = 0;
  int closing = 0;
  char before = 0;
  for (std::size_t at = 0; at < gap.size();) {
    const char c = gap[at];
    if (const auto separator = separator_at(gap, at)) {
      join = separator->join;
      ++separators;
      at += separator->bytes;
    } else if (c == ' ' && (before != ' ' || closing > 0)) {
      ++at;
    } else if ((c == ')' && opening == 0) || c == '(') {
      ++(c == ')' ? closing : opening);
      ++at;
    } else {
      return Join::kNone;
    }
    before = c;
  }
  if (separators > 1 || opening > 1 || closing > 1) return Join::kNone;
  if (separators == 0 && opening + closing > 0) return Join::kBracket;
  return join;
}

std::size_t skip_back(std::string_view text, std::size_t at, char c) {
  return at > 0 && text[at - 1] == c ? at - 1 : at;
}

// Takes in a plus and brackets around the group.
void read_decoration(std::string_view text, DigitGroup& group) {
  std::size_t at = skip_back(text, group.begin, ' ');
  const std::size_t open = skip_back(text, at, '(');
  std::size_t close = group.end;
  if (close < text.size() && text[close] == ' ') ++close;
  const bool closed = close < text.size() && text[close] == ')';
  const bool opened = open < at;
  if (opened) at = skip_back(text, open, ' ');
  const std::size_t plus = skip_back(text, opened ? open : group.begin, '+');
  const std::size_t inner = skip_back(text, skip_back(text, group.begin, ' '), '+');
  if (inner < group.begin && text[inner] == '+') {  // "+49", "+ 49", "(+49)"
    group.plus = true;
    group.begin = static_cast<std::uint32_t>(inner);
    const std::size_t outer = skip_back(text, inner, '(');
    group.bracketed = closed && outer < inner;
    if (group.bracketed) group.begin = static_cast<std::uint32_t>(outer);
  } else if (opened && closed && group.size() <= kMostBracketedDigits) {
    group.bracketed = true;
    group.plus = plus < open;
    group.begin = static_cast<std::uint32_t>(plus);
  }
  if (group.bracketed) group.end = static_cast<std::uint32_t>(close + 1);
}

}  // namespace

void split_digit_groups(std::string_view text, model::Span where,
                        std::vector<DigitGroup>& groups) {
  groups.clear();
  const std::size_t limit = std::min<std::size_t>(where.end, text.size());
  std::size_t at = where.begin;
  while (at < limit) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    DigitGroup group;
    group.digits = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    group.begin = group.digits.begin;
    group.end = group.digits.end;
    read_decoration(text, group);
    if (!groups.empty() && !group.plus) {
      const std::uint32_t last = groups.back().digits.end;
      group.join = join_of(text.substr(last, at - last));
    }
    groups.push_back(group);
    at = end;
  }
}

}  // namespace noshare::detect
