// Number groups: stretches of letters and digits that may be a number written in groups.
//
// In:  a text and a place where a digit stands     Out: the groups around it, and all
// numbers that neighbouring groups may make together
// "GB29 NWBK 6016 1331 9268 19" is six groups and one number; "020 7946 0018, 555-0100"
// two runs. Bounded: at most kMostGroups a run, kMostJoined a number.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/text.h"
#include "noshare/model/segment.h"

namespace noshare::customers {

inline constexpr std::size_t kMostGroups = 64;
inline constexpr std::size_t kMostJoined = 9;        // groups in one number
inline constexpr std::size_t kMostNumberChars = 34;  // ISO 13616
inline constexpr std::size_t kLongestGroup = 6;      // of a number in several groups
inline constexpr std::size_t kMostGap = 2;           // characters between groups: ") "

// The run of groups at the digit at `at`: from the beginning of its token on.
struct GroupRun {
  std::vector<model::Span> groups;
  bool has_plus = false;  // '+' stands before the first
  std::size_t end = 0;    // where the search goes on
};

inline bool joins_groups(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
}

void find_groups(std::string_view text, std::size_t at, GroupRun& run);

// Calls on_number(alnum, span, has_plus, groups) for every number the groups may make.
template <class OnNumber>
void for_each_number(std::string_view text, const GroupRun& run, std::string& scratch,
                     OnNumber&& on_number) {
  for (std::size_t first = 0; first < run.groups.size(); ++first) {
    scratch.clear();
    const std::uint32_t begin = run.groups[first].begin;
    const bool has_plus =
        begin > 0 && (text[begin - 1] == '+' ||
                      (begin > 1 && text[begin - 1] == '(' && text[begin - 2] == '+'));
    for (std::size_t last = first; last < run.groups.size() && last < first + kMostJoined;
         ++last) {
      const model::Span group = run.groups[last];
      const std::size_t size = group.end - group.begin;
      if (last > first && size > kLongestGroup + 4) break;
      scratch.append(text, group.begin, size);
      if (scratch.size() > kMostNumberChars) break;
      if (scratch.size() >= 4) {
        on_number(std::string_view(scratch), model::Span{begin, group.end}, has_plus,
                  last - first + 1);
      }
      if (size > kLongestGroup + 4) break;
    }
  }
}

}  // namespace noshare::customers
