// Holding: messages into the vault, and past the filter once officers have released them.
//
// In:  transactions that have all their bytes     Out: a sealed file and a row in the
// store, both on disk; or the case number that a message's token releases. Errors: as
// Vault and HoldStore; the caller defers. Thread-safe.
#pragma once

#include <memory>
#include <optional>
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

  // Seals it, and tells the sender if the settings say so. False if the vault cannot take
  // it, for it has no officer or has not all of the message: then the mail server has to
  // hold it.
  Result<bool> hold(const Transaction& transaction,
                    const model::Incident& incident) const;

  // Redeems the token that the message carries, if it carries one and it is good.
  Result<std::optional<std::string>> released_case(const Transaction& transaction) const;

 private:
  std::unique_ptr<store::HoldStore> store_;
  std::unique_ptr<outbox::Courier> courier_;
  FingerprintKey key_;
};

}  // namespace noshare::daemon
