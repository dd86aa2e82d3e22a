// OwnValues: see own_values.h.
#include "policy/own_values.h"

#include "noshare/policy/value_forms.h"

namespace noshare::policy {

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
  for (const Fingerprint& one : value_fingerprints(key, entity, value)) {
    values_.insert(one);
  }
}

bool OwnValues::holds(const model::Finding& finding) const {
  return values_.count(finding.fingerprint) > 0 ||
         (!finding.group_fingerprint.is_null() &&
          domains_.count(finding.group_fingerprint) > 0);
}

}  // namespace noshare::policy
