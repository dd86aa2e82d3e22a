// Lawful disclosures: what makes a token genuine.
//
// In:  the installation's key, a disclosure with its id     Out: the token's second half
// It covers what the disclosure allows, so that none of it can be changed in the store.
#pragma once

#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/model/known.h"

namespace noshare::policy {

std::string disclosure_signature(const FingerprintKey& key,
                                 const model::LawfulDisclosure& disclosure);

}  // namespace noshare::policy
