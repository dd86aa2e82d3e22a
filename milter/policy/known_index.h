// KnownIndex: what is known about the people in one message, ready to be asked.
//
// In:  model::Known     Out: for a finding and a recipient, the permission or the earlier
// mail that covers it; null if none does
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "noshare/model/finding.h"
#include "noshare/model/known.h"
#include "noshare/model/scan_report.h"

namespace noshare::policy {

class KnownIndex {
 public:
  // `known` and `report` must outlive it. `today`: "2026-11-24".
  KnownIndex(const model::Known& known, const model::ScanReport& report,
             std::string today);

  const model::Permission* permission(model::PermissionKind kind,
                                      const model::Finding& finding,
                                      const std::string& recipient) const;
  const model::Received* received(const model::Finding& finding,
                                  const Fingerprint& correspondent) const;
  const model::Exclusion* exclusion(const model::Finding& finding,
                                    const std::string& sender,
                                    const std::string& recipient) const;
  bool has_permissions() const { return !permissions_.empty(); }

 private:
  bool covers(const model::Permission& permission, const model::Finding& finding,
              const std::string& recipient) const;

  const model::ScanReport& report_;
  const std::vector<model::Exclusion>& exclusions_;
  std::string today_;
  std::unordered_map<Fingerprint, std::vector<const model::Permission*>> permissions_;
  std::unordered_map<Fingerprint, std::vector<const model::Received*>> received_;
};

// Whether a finding's entity is among those named, itself or by one that stands for it.
bool names_entity(const model::ScanReport& report, const model::Finding& finding,
                  const std::vector<std::string>& named);

// "permission PM-7K3M9QX2 for marketing until 2027-12-31 (form 2026/117)".
std::string describe(const model::Permission& permission);

}  // namespace noshare::policy
