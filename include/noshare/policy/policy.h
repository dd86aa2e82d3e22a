// policy: findings and envelope to one verdict per recipient. A pure function.
//
// In:  Settings' rules and organisation, an Envelope, a ScanReport, what is Known about
// the people in it     Out: a Verdict; before that, the Questions whose answers are Known
// Equal inputs give equal verdicts, so that one can be replayed years later. No clock:
// the day on which a processor's agreement ends is compared with `today`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/model/known.h"
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

  // What must be known to decide. Empty when nothing was found.
  model::Questions questions(const model::Envelope& envelope,
                             const model::ScanReport& report) const;
  // `today`: "2026-11-24", or with the time of day, "2026-11-24T10:15:00Z".
  model::Verdict decide(const model::Envelope& envelope, const model::ScanReport& report,
                        const model::Known& known, const std::string& today) const;
  // The same when nothing is known.
  model::Verdict decide(const model::Envelope& envelope, const model::ScanReport& report,
                        const std::string& today) const {
    return decide(envelope, report, {}, today);
  }
  // What a message from outside tells: values that are no news to its sender.
  std::vector<model::Received> received(const model::Envelope& envelope,
                                        const model::ScanReport& report,
                                        const std::string& today) const;
  model::Direction direction(const model::Envelope& envelope) const;
  model::Party party(const std::string& recipient, const std::string& today) const;

 private:
  struct Impl;
  explicit Policy(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noshare::policy
