// Digest: a daily letter to an officer about what waits for a decision.
//
// In:  an account with an e-mail address, the held messages it may see     Out: a letter
// for the queue A case is told by its number, time, rule and kinds of data; no address,
// no value and no mask stands in it. Each case has signed links (officer_link.h).
#pragma once

#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/model/incident.h"
#include "noshare/store/account_store.h"
#include "noshare/store/notice_queue.h"

namespace noshare::outbox {

struct Waiting {
  model::Incident incident;
  std::int64_t held_us = 0;
};

struct DigestRequest {
  store::Account account;
  std::vector<Waiting> waiting;  // newest first, not empty
  std::int64_t now_us = 0;
};

// One a day and account: the same day's letter has the same case and kind, so the queue
// takes it once. Errors: kInvalidInput when `review.url` or the sender's address is
// missing from the settings.
Result<store::Notice> digest_notice(const DigestRequest& request,
                                    const FingerprintKey& key,
                                    const config::Settings& settings);

}  // namespace noshare::outbox
