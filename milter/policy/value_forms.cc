// Value forms: see noshare/policy/value_forms.h.
#include "noshare/policy/value_forms.h"

#include <algorithm>

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

std::vector<Fingerprint> value_fingerprints(const FingerprintKey& key,
                                            const std::string& entity,
                                            const std::string& value) {
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
  std::vector<Fingerprint> fingerprints;
  for (const std::string& form : forms) {
    const Fingerprint one = key.of(entity, form);
    if (std::find(fingerprints.begin(), fingerprints.end(), one) == fingerprints.end()) {
      fingerprints.push_back(one);
    }
  }
  return fingerprints;
}

}  // namespace noshare::policy
