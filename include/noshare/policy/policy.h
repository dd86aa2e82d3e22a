// policy: findings and envelope to one verdict per recipient. A pure function.
//
// In:  Settings' rules and organisation, an Envelope, a ScanReport     Out: a Verdict
// Equal inputs give equal verdicts, so that one can be replayed years later. No clock:
// the day on which a processor's agreement ends is compared with `today`.
#pragma once

#include <memory>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/model/verdict.h"

namespace noshare::policy {

class Policy {
 public:
  // Own data and participants are compared by fingerprint, hence the key.
  static Result<Policy> create(const config::Settings& settings,
                               const FingerprintKey& key);
  Policy(Policy&&) noexcept;
  Policy& operator=(Policy&&) noexcept;
  ~Policy();

  // `today`: "2026-11-24".
  model::Verdict decide(const model::Envelope& envelope, const model::ScanReport& report,
                        const std::string& today) const;
  model::Direction direction(const model::Envelope& envelope) const;
  model::Party party(const std::string& recipient, const std::string& today) const;

 private:
  struct Impl;
  explicit Policy(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noshare::policy
