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

#include "policy/known_index.h"
#include "policy/own_values.h"
#include "policy/parties.h"

namespace noshare::policy {

// What one recipient would learn.
struct Disclosed {
  std::vector<std::uint32_t> findings;   // indices, ascending
  std::vector<std::uint32_t> opted_out;  // those of them whose subjects have forbidden it
  // Findings that a lawful disclosure covers, each with it.
  std::vector<std::pair<std::uint32_t, const model::LawfulDisclosure*>> lawful;
  bool operator<(const Disclosed& other) const {
    return findings != other.findings ? findings < other.findings
                                      : opted_out < other.opted_out;
  }
};

// Who a recipient is, as far as findings are concerned.
struct Addressee {
  const std::string& address;
  const Standing& standing;
  Fingerprint correspondent;  // by which values they have sent are known; may be null
};

class Disclosure {
 public:
  // Sorts out what is disclosed to nobody at all; its allowances go to `allowances`.
  Disclosure(const model::Envelope& envelope, const model::ScanReport& report,
             const OwnValues& own, const KnownIndex& known, const FingerprintKey& key,
             std::vector<model::Allowance>& allowances);

  // The findings that count against this recipient.
  Disclosed to(const Addressee& addressee,
               std::vector<model::Allowance>& allowances) const;

 private:
  // Why a finding that counts otherwise does not for this recipient; empty if it does.
  std::string reason_for(const model::Finding& finding, const Addressee& addressee) const;
  const model::LawfulDisclosure* lawful(const model::Finding& finding,
                                        const Addressee& addressee) const;
  const char* reason_for_all(const model::Finding& finding) const;
  bool is_contact(const model::Finding& finding) const;
  bool is_payment(const model::Finding& finding) const;
  bool has_category(const model::Finding& finding, const char* category) const;

  const model::ScanReport& report_;
  const OwnValues& own_;
  const KnownIndex& known_;
  const FingerprintKey& key_;
  std::string sender_address_;
  Fingerprint sender_;
  std::unordered_set<Fingerprint> participants_;
  std::unordered_set<Fingerprint> authors_;
  bool plausible_signature_ = true;
  std::vector<std::uint32_t> counted_;  // what is disclosed unless a recipient's own
};

}  // namespace noshare::policy
