// Check: one test that a candidate's value must pass, such as a check digit.
//
// In:  config::CheckSpec (a family and its parameters, or the name of a check in C++)
// Out: an object that answers for any bytes; immutable, shared between threads
// What can go wrong: an unknown name or a wrong parameter, told with what was expected.
// The caller puts file and line in front.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/pack.h"

#include "detect/digit_condition.h"

namespace noshare::detect {

class Check {
 public:
  virtual ~Check() = default;

  // normalised  the match in the form of Pattern::normalise ("4111111111111111")
  // raw         the match as it stands in the text ("4111 1111 1111 1111")
  // Any input gives an answer; a normalised value is at most kMostValueBytes long. Runs
  // for each number of a spreadsheet: no allocation, and the cheapest test first.
  virtual bool passes(std::string_view normalised,
                      std::string_view raw) const noexcept = 0;

  // As it appears in a finding's why: "luhn" in "luhn passed, now 75".
  virtual std::string_view name() const noexcept = 0;

  // Roughly how many nanoseconds it takes; the engine runs cheap checks first.
  virtual int cost_ns() const noexcept { return 20; }

  // True if it proves more than form: a check digit, an issue table. A candidate with a
  // passed proof wins over one without. Plausibility tests (a range, not all digits
  // equal) say false.
  virtual bool proves() const noexcept { return true; }

  // True if it proves something for some values at least, as a check digit does that the
  // shorter form of a number lacks.
  virtual bool may_prove() const noexcept { return proves(); }
  // What it asks of a normalised value of so many decimal digits and nothing else.
  virtual DigitConditions digit_conditions(std::size_t) const { return {}; }
};

// Longer matches are no candidates (a JSON web token or a key block still fits).
inline constexpr std::size_t kMostValueBytes = 8192;

// Errors: kInvalidInput, "unknown check 'iban_mod96', did you mean 'iban_mod97'?".
Result<std::unique_ptr<Check>> make_check(const config::CheckSpec& spec);

// Every family and named check, sorted; for messages and `noshare pack explain`.
std::vector<std::string> check_names();

}  // namespace noshare::detect
