// The families of checks. Each factory reads the parameters that docs/packs.md describes.
//
// In:  parameters as JSON (null for none)     Out: a Check
// Errors: kInvalidInput, saying which parameter is wrong and what was expected.
#pragma once

#include <memory>

#include "noshare/base/json.h"

#include "detect/check.h"

namespace noshare::detect {

using CheckFactory = Result<std::unique_ptr<Check>> (*)(const Json& parameters);

// check_digits.cc: check digits with tables of their own.
Result<std::unique_ptr<Check>> make_luhn(const Json& parameters);
Result<std::unique_ptr<Check>> make_verhoeff(const Json& parameters);
Result<std::unique_ptr<Check>> make_damm(const Json& parameters);

// remainders.cc: the value as one large number.
Result<std::unique_ptr<Check>> make_mod97(const Json& parameters);
Result<std::unique_ptr<Check>> make_iso7064(const Json& parameters);
Result<std::unique_ptr<Check>> make_modulo(const Json& parameters);

// weighted.cc: the weighted sum of characters.
Result<std::unique_ptr<Check>> make_weighted(const Json& parameters);

// date.cc: a date inside a number.
Result<std::unique_ptr<Check>> make_date(const Json& parameters);

// ranges.cc: which numbers are issued.
Result<std::unique_ptr<Check>> make_length(const Json& parameters);
Result<std::unique_ptr<Check>> make_range(const Json& parameters);
Result<std::unique_ptr<Check>> make_prefix(const Json& parameters);
Result<std::unique_ptr<Check>> make_issuer(const Json& parameters);
Result<std::unique_ptr<Check>> make_structure(const Json& parameters);
Result<std::unique_ptr<Check>> make_country_code(const Json& parameters);

// repetition.cc: how digits repeat.
Result<std::unique_ptr<Check>> make_not_all_same(const Json& parameters);
Result<std::unique_ptr<Check>> make_all_different(const Json& parameters);
Result<std::unique_ptr<Check>> make_not_sequential(const Json& parameters);
Result<std::unique_ptr<Check>> make_groups_not_counting(const Json& parameters);
Result<std::unique_ptr<Check>> make_repeats(const Json& parameters);
Result<std::unique_ptr<Check>> make_has_digits(const Json& parameters);

// combine.cc: checks made of checks.
Result<std::unique_ptr<Check>> make_any_of(const Json& parameters);
Result<std::unique_ptr<Check>> make_all_of(const Json& parameters);
Result<std::unique_ptr<Check>> make_none_of(const Json& parameters);
Result<std::unique_ptr<Check>> make_when(const Json& parameters);

// transform.cc: checks on a part of the value, or on another writing of it.
Result<std::unique_ptr<Check>> make_slice(const Json& parameters);
Result<std::unique_ptr<Check>> make_translate(const Json& parameters);
Result<std::unique_ptr<Check>> make_expand(const Json& parameters);
Result<std::unique_ptr<Check>> make_remove(const Json& parameters);
Result<std::unique_ptr<Check>> make_until(const Json& parameters);
Result<std::unique_ptr<Check>> make_after(const Json& parameters);

// ledger_address.cc: addresses of electronic currencies.
Result<std::unique_ptr<Check>> make_base58check(const Json& parameters);
Result<std::unique_ptr<Check>> make_bech32(const Json& parameters);
Result<std::unique_ptr<Check>> make_eip55(const Json& parameters);
Result<std::unique_ptr<Check>> make_monero_address(const Json& parameters);

// Named checks, for what no family says.
Result<std::unique_ptr<Check>> make_email_address(const Json& parameters);
Result<std::unique_ptr<Check>> make_ipv4_address(const Json& parameters);
Result<std::unique_ptr<Check>> make_ipv6_address(const Json& parameters);
Result<std::unique_ptr<Check>> make_written_date(const Json& parameters);

// A check given inside another's parameters: a name, or one name with parameters; a list
// of them means that all must pass.
Result<std::unique_ptr<Check>> make_nested_check(const Json& json);

}  // namespace noshare::detect
