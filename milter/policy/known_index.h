// KnownIndex: what is known about the people in one message, ready to be asked.
//
// In:  model::Known     Out: for a finding and a recipient, the permission or the earlier
// mail that covers it; null if none does
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "noshare/model/envelope.h"
#include "noshare/model/finding.h"
#include "noshare/model/known.h"
#include "noshare/model/scan_report.h"

namespace noshare::policy {

class KnownIndex {
 public:
  // The references must outlive it. `now`: "2026-11-24T10:15:00Z", or the day alone.
  KnownIndex(const model::Known& known, const model::Envelope& envelope,
             const model::ScanReport& report, const FingerprintKey& key,
             const std::string& now);

  const model::Permission* permission(model::PermissionKind kind,
                                      const model::Finding& finding,
                                      const std::string& recipient) const;
  const model::Received* received(const model::Finding& finding,
                                  const Fingerprint& correspondent) const;
  const model::Exclusion* exclusion(const model::Finding& finding,
                                    const std::string& sender,
                                    const std::string& recipient) const;
  // A lawful disclosure that the message refers to, genuine and in force.
  const model::LawfulDisclosure* lawful(const model::Finding& finding,
                                        const std::string& recipient) const;

 private:
  bool covers(const model::Permission& permission, const model::Finding& finding,
              const std::string& recipient) const;
  const model::Permission* about(const Fingerprint& value, model::PermissionKind kind,
                                 const model::Finding& finding,
                                 const std::string& recipient) const;

  const model::ScanReport& report_;
  const std::vector<model::Exclusion>& exclusions_;
  std::string today_;
  std::unordered_map<Fingerprint, std::vector<const model::Permission*>> permissions_;
  std::unordered_map<Fingerprint, std::vector<const model::Received*>> received_;
  // As which customers a person is known: what is said of these holds for all their data.
  std::unordered_map<Fingerprint, std::vector<Fingerprint>> customers_;
  std::vector<const model::LawfulDisclosure*> lawful_;
};

// Whether a finding's entity is among those named, itself or by one that stands for it.
bool names_entity(const model::ScanReport& report, const model::Finding& finding,
                  const std::vector<std::string>& named);

// "permission PM-7K3M9QX2 for marketing until 2027-12-31 (form 2026/117)".
std::string describe(const model::Permission& permission);
// "lawful disclosure ND-7K3M9QX2, case 12 B 345/26, approved by A. Counsel".
std::string describe(const model::LawfulDisclosure& disclosure);
// The ids of lawful disclosures among a report's tags.
std::vector<std::string> disclosure_ids(const model::ScanReport& report);

}  // namespace noshare::policy
