// Value forms: the fingerprints by which a value that a person has typed may be found.
//
// In:  an entity and a value, from a configuration or a command line     Out:
// fingerprints Which normal form a pattern uses is the packs' business, so there is one
// for every form that a pack may choose (config/pack.h).
#pragma once

#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"

namespace noshare::policy {

std::vector<Fingerprint> value_fingerprints(const FingerprintKey& key,
                                            const std::string& entity,
                                            const std::string& value);

}  // namespace noshare::policy
