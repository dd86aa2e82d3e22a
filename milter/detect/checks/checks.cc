// make_check: from the name in a pack to the check. One table of names.
#include <algorithm>
#include <iterator>
#include <utility>

#include "noshare/base/text.h"

#include "detect/check.h"
#include "detect/checks/families.h"

namespace noshare::detect {
namespace {

constexpr int kMostNesting = 16;

struct Family {
  const char* name;
  CheckFactory make;
};

constexpr Family kFamilies[] = {
    {"after", make_after},
    {"all_different", make_all_different},
    {"all_of", make_all_of},
    {"any_of", make_any_of},
    {"base58check", make_base58check},
    {"bech32", make_bech32},
    {"country_code", make_country_code},
    {"damm", make_damm},
    {"date", make_date},
    {"eip55", make_eip55},
    {"email_address", make_email_address},
    {"expand", make_expand},
    {"groups_not_counting", make_groups_not_counting},
    {"has_digits", make_has_digits},
    {"ipv4_address", make_ipv4_address},
    {"ipv6_address", make_ipv6_address},
    {"iso7064", make_iso7064},
    {"issuer", make_issuer},
    {"length", make_length},
    {"luhn", make_luhn},
    {"mod97", make_mod97},
    {"modulo", make_modulo},
    {"monero_address", make_monero_address},
    {"none_of", make_none_of},
    {"not_all_same", make_not_all_same},
    {"not_sequential", make_not_sequential},
    {"prefix", make_prefix},
    {"range", make_range},
    {"remove", make_remove},
    {"repeats", make_repeats},
    {"slice", make_slice},
    {"structure", make_structure},
    {"translate", make_translate},
    {"until", make_until},
    {"verhoeff", make_verhoeff},
    {"weighted", make_weighted},
    {"when", make_when},
    {"written_date", make_written_date},
};

int nesting(const Json& json) {
  int deepest = 0;
  if (json.is_structured()) {
    for (const Json& item : json) deepest = std::max(deepest, nesting(item) + 1);
  }
  return deepest;
}

Result<std::unique_ptr<Check>> make_named(const std::string& name,
                                          const Json& parameters) {
  for (const Family& family : kFamilies) {
    if (name == family.name) return family.make(parameters);
  }
  std::string message = "unknown check '" + name + "'";
  if (const auto guess = closest(name, check_names())) {
    message += ", did you mean '" + *guess + "'?";
  }
  return fail(ErrorCode::kInvalidInput, message);
}

}  // namespace

Result<std::unique_ptr<Check>> make_check(const config::CheckSpec& spec) {
  if (nesting(spec.parameters) > kMostNesting) {
    return fail(ErrorCode::kInvalidInput, "check '" + spec.name + "': nested too deeply");
  }
  return make_named(spec.name, spec.parameters);
}

Result<std::unique_ptr<Check>> make_nested_check(const Json& json) {
  if (json.is_string()) return make_named(json.get<std::string>(), Json());
  if (json.is_object() && json.size() == 1) {
    return make_named(json.begin().key(), json.begin().value());
  }
  if (json.is_array() && json.size() == 1) return make_nested_check(json[0]);
  if (json.is_array()) return make_all_of(json);
  return fail(ErrorCode::kInvalidInput, "a check is a name, or one name with parameters");
}

std::vector<std::string> check_names() {
  std::vector<std::string> names;
  std::transform(std::begin(kFamilies), std::end(kFamilies), std::back_inserter(names),
                 [](const Family& family) { return std::string(family.name); });
  return names;
}

}  // namespace noshare::detect
