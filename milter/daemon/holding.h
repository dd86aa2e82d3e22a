// Holding: messages into the vault, and past the filter once officers have released them.
//
// In:  transactions that have all their bytes     Out: a sealed file and a row in the
// store, both on disk; or what a message's release token is worth. Errors: as Vault and
// HoldStore; the caller defers. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/model/incident.h"
#include "noshare/outbox/notice.h"
#include "noshare/store/hold_store.h"

#include "daemon/transaction.h"

namespace noshare::daemon {

class Holding {
 public:
  Holding(std::unique_ptr<store::HoldStore> store,
          std::unique_ptr<outbox::Courier> courier, FingerprintKey key)
      : store_(std::move(store)), courier_(std::move(courier)), key_(std::move(key)) {}

  // Seals it. False if the vault cannot take it, for it has no officer or has not all of
  // the message: then the mail server has to hold it.
  Result<bool> seal(const Transaction& transaction,
                    const model::Incident& incident) const;
  // The row in the store, and the letter to the sender if the settings say so.
  // `sealed_as` is the case number in the vault, which gets the incident's.
  Result<void> enter(const model::Incident& incident, const std::string& sealed_as,
                     std::int64_t held_us, const config::Settings& settings) const;

  struct Released {
    std::string case_number;  // empty: no token that is worth anything
    // The token was made here for this message and is used up or withdrawn: the message
    // belongs to a release that was given up.
    bool is_stale = false;
  };
  // Redeems the token that the message carries, if it carries one and it is good.
  Result<Released> released_case(const Transaction& transaction) const;

 private:
  std::unique_ptr<store::HoldStore> store_;
  std::unique_ptr<outbox::Courier> courier_;
  FingerprintKey key_;
};

}  // namespace noshare::daemon
