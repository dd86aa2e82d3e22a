// OwnValues: see own_values.h.
#include "policy/own_values.h"

#include <algorithm>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::policy {

namespace {

constexpr std::size_t kLongestCallingCode = 3;  // ITU-T E.164
constexpr std::size_t kShortestNumber = 6;      // without it; shorter ones match too much

template <class Keep>
std::string only(std::string_view value, Keep keep) {
  std::string kept;
  std::copy_if(value.begin(), value.end(), std::back_inserter(kept), keep);
  return kept;
}

// Letters and digits in lower case, one space between words.
std::string words_of(std::string_view value) {
  std::string words;
  bool gap = false;
  for (const char c : value) {
    const bool is_word = is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_word && gap && !words.empty()) words += ' ';
    gap = !is_word;
    if (is_word) words += ascii_lower(c);
  }
  return words;
}

// A telephone number is written with its calling code or, at home, without it: with a
// trunk zero, or as it is.
void add_dialled_forms(const std::string& digits, std::vector<std::string>& forms) {
  for (std::size_t code = 1; code <= kLongestCallingCode; ++code) {
    if (digits.size() < code + kShortestNumber) return;
    forms.push_back(digits.substr(code));
    forms.push_back("0" + digits.substr(code));
  }
}

}  // namespace

OwnValues::OwnValues(const config::Organisation& organisation,
                     const FingerprintKey& key) {
  for (const auto& [entity, values] : organisation.own_data) {
    for (const std::string& value : values) add(entity, value, key);
  }
}

void OwnValues::add(const std::string& entity, const std::string& value,
                    const FingerprintKey& key) {
  if (value.rfind("*@", 0) == 0) {
    domains_.insert(key.of("domain", address_domain(value)));
    return;
  }
  std::vector<std::string> forms = {value, ascii_lowered(trimmed(value)),
                                    words_of(value)};
  std::string alnum = only(value, is_ascii_alnum);
  std::transform(alnum.begin(), alnum.end(), alnum.begin(), ascii_upper);
  forms.push_back(alnum);
  const std::string digits = only(value, is_ascii_digit);
  if (!digits.empty()) {
    forms.push_back(digits);
    if (trimmed(value).front() == '+') add_dialled_forms(digits, forms);
  }
  for (const std::string& form : forms) values_.insert(key.of(entity, form));
}

bool OwnValues::holds(const model::Finding& finding) const {
  return values_.count(finding.fingerprint) > 0 ||
         (!finding.group_fingerprint.is_null() &&
          domains_.count(finding.group_fingerprint) > 0);
}

}  // namespace noshare::policy
