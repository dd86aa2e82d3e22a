// Officer links: a link in a letter that leads one officer to one case.
//
// In:  a case, what is proposed, for whom, until when     Out: a token for the address,
// and back The token is signed with the installation's key and bound to the account. It
// opens nothing by itself: who follows it signs in as always, and only then is it looked
// at. Errors: kInvalidInput (forged, for somebody else, or its time is over).
#pragma once

#include <cstdint>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"

namespace noshare::outbox {

enum class LinkAct { kOpen, kRelease, kDeny };
const char* name(LinkAct act) noexcept;  // "release"

struct OfficerLink {
  std::string account;
  std::string case_number;
  LinkAct act = LinkAct::kOpen;
  std::int64_t until_us = 0;
};

// "NS-7K3M9QX2.release.1a2b3c.SIGNATURE".
std::string make_link(const FingerprintKey& key, const OfficerLink& link);
Result<OfficerLink> read_link(const FingerprintKey& key, const std::string& token,
                              const std::string& account, std::int64_t now_us);

}  // namespace noshare::outbox
