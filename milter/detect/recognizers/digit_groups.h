// Digit groups: the pieces of a number as people write it, "+49 (0)30 123-456".
//
// In:  text around a cluster of digits     Out: groups with what stands between them
// Any bytes give an answer; the cost is linear in the length looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

// How a group is tied to the one before it.
enum class Join : std::uint8_t {
  kNone,  // it begins a run: nothing, or something no number has inside
  kSpace,
  kHyphen,  // also en dash and non-breaking hyphen
  kDot,
  kSlash,
  kBracket,  // only a closing or an opening bracket, with or without spaces
};

struct DigitGroup {
  model::Span digits;
  Join join = Join::kNone;
  bool plus = false;        // "+" stands before it, perhaps with a bracket or a space
  bool bracketed = false;   // it stands in brackets: "(0)", "(571)"
  std::uint32_t begin = 0;  // where the writing begins: at the plus or bracket, if any
  std::uint32_t end = 0;    // behind its closing bracket, if it has one
  std::uint32_t size() const { return digits.end - digits.begin; }
};

// All groups of digits that begin in `where`, in order. The first of each run has kNone.
void split_digit_groups(std::string_view text, model::Span where,
                        std::vector<DigitGroup>& groups);

}  // namespace noshare::detect
