// Subjects of permissions: whose data it is, as a person types it.
#pragma once

#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"

namespace noshare::cli {

// "jane@else.test", "customer=C-100042", "iban=GB29 ...", "fp:0123..." to fingerprints.
// Errors: kInvalidInput; the value is not repeated.
Result<std::vector<Fingerprint>> parse_subject(const FingerprintKey& key,
                                               const std::string& text);

// Errors: kInvalidInput unless it is empty or a day such as 2026-11-25.
Result<void> check_day(const std::string& text);

// A field of a CSV file, quoted where it must be (RFC 4180).
std::string csv_field(const std::string& text);

}  // namespace noshare::cli
