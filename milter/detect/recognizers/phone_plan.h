// Numbering plans: is this string of digits a telephone number somewhere?
//
// In:  ASCII digits without separators     Out: a verdict. Any input gives an answer.
// Source: ITU-T E.164 and the national plans (phone_table.h). Agreement with
// libphonenumber's verdict is measured by
// tests/unit/detect/recognizers_phone_plan_check.py.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace noshare::detect {

enum class PhoneVerdict : std::uint8_t {
  kNo,        // no calling code begins so, or the length is impossible
  kPossible,  // calling code and length are right, the number is not assigned
  kValid,
};

// `digits` as they stand after "+": calling code, then the national number, which may
// still carry its national prefix ("+44 (0)20 ...").
PhoneVerdict judge_international(std::string_view digits) noexcept;

// Makes what numbers inside a country are looked up in, which takes some milliseconds
// once in a process.
void prepare_phone_plans();

// A number as it is written inside its country, grouped as given (digits per group).
struct NationalPhone {
  bool valid = false;    // in at least one territory
  bool printed = false;  // valid where it is also printed in these groups
  bool dialled = false;  // valid with a national prefix, such as the 0 of "020 7946 0958"
  char territory[3] = "";  // the first that holds, by id: for the explanation
};
NationalPhone judge_national(std::string_view digits,
                             std::span<const std::uint8_t> groups) noexcept;

// True if `digits` is a number of the North American plan, whether or not its area code
// is assigned: area code and exchange begin with 2-9 (ATIS-0300051).
bool shaped_north_american(std::string_view digits) noexcept;

}  // namespace noshare::detect
