// Phone forms: how much a run of digit groups looks like a telephone number by itself.
//
// In:  digit groups (digit_groups.h)     Out: a form with its confidence, or none
// Source: numbering plans (phone_plan.h); E.123 for the ways of writing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "detect/recognizers/digit_groups.h"

namespace noshare::detect {

struct PhoneForm {
  int confidence = 0;      // before context
  bool checked = false;    // a numbering plan confirms it
  bool needs_cue = false;  // worth nothing unless a word such as "phone" stands near
  std::string why;         // "number of GB by its digits and grouping"
  std::string digits;      // with calling code where it is known, else as dialled
};

// Judges all groups given as one number.
std::optional<PhoneForm> judge_phone(std::string_view text,
                                     std::span<const DigitGroup> groups);

}  // namespace noshare::detect
