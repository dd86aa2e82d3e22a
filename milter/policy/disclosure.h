// Disclosure: which findings a recipient would learn something from (DESIGN section 4).
//
// In:  a ScanReport, the envelope, what is known about the recipient
// Out: indices of the findings that count, and an Allowance with its reason for each that
// does not
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/model/verdict.h"

#include "policy/own_values.h"
#include "policy/parties.h"

namespace noshare::policy {

class Disclosure {
 public:
  // Sorts out what is disclosed to nobody at all; its allowances go to `allowances`.
  Disclosure(const model::Envelope& envelope, const model::ScanReport& report,
             const OwnValues& own, const FingerprintKey& key,
             std::vector<model::Allowance>& allowances);

  // The findings that count against this recipient.
  std::vector<std::uint32_t> to(const std::string& recipient, const Standing& standing,
                                std::vector<model::Allowance>& allowances) const;

 private:
  const char* reason_for_all(const model::Finding& finding) const;
  bool is_contact(const model::Finding& finding) const;
  bool is_payment(const model::Finding& finding) const;
  bool has_category(const model::Finding& finding, const char* category) const;
  bool is_agreed(const config::Processor& processor, const model::Finding& finding) const;

  const model::ScanReport& report_;
  const OwnValues& own_;
  const FingerprintKey& key_;
  Fingerprint sender_;
  std::unordered_set<Fingerprint> participants_;
  std::unordered_set<Fingerprint> authors_;
  bool plausible_signature_ = true;
  std::vector<std::uint32_t> counted_;  // what is disclosed unless a recipient's own
};

}  // namespace noshare::policy
