#include "permission_subject.h"

#include <ctime>

#include "noshare/base/text.h"
#include "noshare/customers/indexer.h"
#include "noshare/policy/value_forms.h"

namespace noshare::cli {

Result<std::vector<Fingerprint>> parse_subject(const FingerprintKey& key,
                                               const std::string& text) {
  constexpr const char* kExpected =
      "expected a data subject such as jane@else.test, customer=C-100042 or iban=...";
  const std::string value(trimmed(text));
  if (value.rfind("fp:", 0) == 0) {
    NOSHARE_TRY(const Fingerprint one, fingerprint_from_hex(value.substr(3)));
    return std::vector<Fingerprint>{one};
  }
  const std::size_t equals = value.find('=');
  const std::size_t at = value.find('@');
  if (at != std::string::npos && (equals == std::string::npos || at < equals)) {
    return std::vector<Fingerprint>{key.of("email_address", normalised_address(value))};
  }
  if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) {
    return fail(ErrorCode::kInvalidInput, kExpected);
  }
  const std::string kind(trimmed(value.substr(0, equals)));
  const std::string datum(trimmed(value.substr(equals + 1)));
  if (kind == "customer") {
    return std::vector<Fingerprint>{customers::customer_fingerprint(key, datum)};
  }
  if (kind == "email_address") {
    return std::vector<Fingerprint>{key.of(kind, normalised_address(datum))};
  }
  return policy::value_fingerprints(key, kind, datum);
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

Result<void> check_day(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%Y-%m-%d", &parts);
  if (text.empty() || (text.size() == 10 && end != nullptr && *end == '\0')) return {};
  return fail(ErrorCode::kInvalidInput,
              "'" + text + "' is no day; expected one such as 2027-12-31");
}

}  // namespace noshare::cli
