// OwnValues: the organisation's published data, recognisable by fingerprint.
//
// In:  organisation.own_data     Out: whether a Finding is one of its values
// Every form that a pack may choose is kept for each value (policy/value_forms.h).
#pragma once

#include <string>
#include <unordered_set>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/model/finding.h"

namespace noshare::policy {

class OwnValues {
 public:
  OwnValues(const config::Organisation& organisation, const FingerprintKey& key);
  bool holds(const model::Finding& finding) const;

 private:
  void add(const std::string& entity, const std::string& value,
           const FingerprintKey& key);

  std::unordered_set<Fingerprint> values_;
  std::unordered_set<Fingerprint> domains_;  // of "*@example.com"
};

}  // namespace noshare::policy
