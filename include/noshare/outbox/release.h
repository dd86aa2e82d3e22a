// Release: a held message goes out as it was, to whom it was for, once.
//
// In:  a case, an officer's key and reason     Out: what came of it
// The message is opened with the officer's key, the store is asked for a token, and the
// mail server gets the message with the token in a header. The filter redeems the token
// and takes the header out; then the message leaves the vault.
// Errors: as Vault and HoldStore. A mail server that refuses is no error but an outcome.
#pragma once

#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/store/hold_store.h"
#include "noshare/store/vault.h"

namespace noshare::outbox {

struct ReleaseOrder {
  std::string case_number;
  std::string reason;
  bool again = false;  // although an earlier try may have gone out
};

struct ReleaseOutcome {
  enum class Kind {
    kReleased,
    kMoreOfficers,  // somebody else has to agree first
    kRefused,       // by the mail server; held again
    kNotSent,       // the mail server could not be reached; held again
    kUnknown,       // the connection broke at the end: see the mail server's log
  };
  Kind kind = Kind::kReleased;
  std::uint32_t officers_missing = 0;
  std::string answer;  // of the mail server
};

class Releaser {
 public:
  Releaser(const store::Vault& vault, store::HoldStore& holds, FingerprintKey key,
           config::ReleaseSettings settings)
      : vault_(vault),
        holds_(holds),
        key_(std::move(key)),
        settings_(std::move(settings)) {}

  Result<ReleaseOutcome> release(const ReleaseOrder& order,
                                 const store::OfficerKey& officer);

 private:
  Result<ReleaseOutcome> hand_over(const std::string& case_number,
                                   const store::OpenedMessage& opened,
                                   const std::string& token);

  const store::Vault& vault_;
  store::HoldStore& holds_;
  FingerprintKey key_;
  config::ReleaseSettings settings_;
};

}  // namespace noshare::outbox
