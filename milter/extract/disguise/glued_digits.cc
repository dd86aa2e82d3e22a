// See glued_digits.h.
#include "extract/disguise/glued_digits.h"

#include <algorithm>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/digit_groups.h"
#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewestDigits = 9;  // the shortest identity number
constexpr std::size_t kFewestCard = 13;   // ISO/IEC 7812-1
constexpr std::size_t kMostCard = 19;

bool is_card(const Digits& digits) {
  return digits.size() >= kFewestCard && digits.size() <= kMostCard &&
         check_digit_holds(digits);
}

// Runs of digits in the word, in order.
std::vector<DigitToken> groups_of(std::string_view text, std::size_t begin,
                                  std::size_t end) {
  const std::string_view all = text.substr(0, end);
  std::vector<DigitToken> groups;
  for (std::size_t at = next_digit(all, begin); at < end; at = next_digit(all, at)) {
    DigitToken group;
    group.kind = DigitToken::Kind::kDigits;
    group.begin = at;
    group.end = at = std::min(end_of_digits(all, at), end);
    group.digits = text.substr(group.begin, at - group.begin);
    groups.push_back(std::move(group));
  }
  return groups;
}

// As long as a number's groups, or single digits, or parted by the same letters always.
bool are_parted(std::string_view text, DigitGroups groups) {
  constexpr std::size_t kFewestGroups = 3;
  constexpr std::size_t kMostLetters = 2;  // between two of them
  if (groups.size() < kFewestGroups) return false;
  const std::string_view letters = gap_before(text, groups, 1);
  bool same = true;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const std::string_view between = gap_before(text, groups, i);
    if (between.size() > kMostLetters || !is_ascii(between)) return false;
    same = same && between == letters;
  }
  const bool single = std::all_of(groups.begin(), groups.end(), [](const auto& group) {
    return group.digits.size() == 1;
  });
  return same || single || is_known_shape(groups);
}

}  // namespace

void read_glued_digits(std::string_view text, std::size_t begin, std::size_t end,
                       DigitLines& out) {
  constexpr std::size_t kLongest = 400;  // of words that are read as groups
  if (end - begin <= kFewestDigits || out.full()) return;
  const std::vector<DigitToken> groups = groups_of(text, begin, end);
  for (const DigitToken& group : groups) {
    if (group.digits.size() < kFewestCard || !is_ascii(group.digits)) continue;
    Digits digits;
    out.add_written(group, digits);
    if (is_card(digits) && cues_around(text, group.begin, group.end).card) {
      out.put(digits, group.begin, group.end, "");
    }
  }
  const bool parted = end - begin <= kLongest &&
                      is_ascii(text.substr(begin, end - begin)) &&
                      are_parted(text, groups);
  if (!parted) return;
  Digits digits;
  for (const DigitToken& group : groups) out.add_written(group, digits);
  const Cues cues = cues_around(text, begin, end);
  if (cues.card && is_card(digits)) out.put(digits, begin, end, "");
  if (cues.identity && digits.size() == kFewestDigits) {
    out.put(digits, begin, end, "xxx-xx-xxxx");
  }
}

}  // namespace noshare::extract
