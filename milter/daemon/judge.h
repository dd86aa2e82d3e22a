// Judge: a complete message to what shall be done with it.
//
// In:  a Transaction that has all its bytes     Out: a Judgement, on record before anyone
// acts Scan in the pool, verdict by policy, redaction if it is asked for, incident in the
// store, hold in the vault, in this order. Errors: whatever kept it from a verdict or
// from its record; the caller answers on_failure. What the scan could not read is no
// error: the report says it, policy decides.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "noshare/model/verdict.h"
#include "noshare/pool/pool.h"
#include "noshare/store/incident_store.h"
#include "noshare/store/register_store.h"

#include "daemon/holding.h"
#include "daemon/metrics.h"
#include "daemon/snapshot.h"
#include "daemon/spooling.h"
#include "daemon/transaction.h"

namespace noshare::daemon {

struct Judgement {
  SnapshotPtr snapshot;  // that the verdict was made with
  model::ScanReport report;
  model::Verdict verdict;
  model::Known known;                              // what the verdict was made with
  std::int64_t decided_us = 0;                     // when
  model::Action action = model::Action::kDeliver;  // to be carried out
  std::string case_number;                         // empty for a plain delivery
  std::optional<pool::Redaction> redaction;        // when action is kRedact
  bool scanned = false;
  bool in_vault = false;      // held, sealed and on disk
  std::string released_case;  // officers have released it; it was not scanned again
};

class Judge {
 public:
  // Without `holding`, every hold is the mail server's; without `known`, nothing is known
  // of anybody; without `spooling`, mail waits while the store is away. All may be null.
  Judge(Snapshots& snapshots, pool::Pool& pool, store::IncidentStore& store,
        Metrics& metrics, const Holding* holding, store::RegisterStore* known,
        Spooling* spooling)
      : snapshots_(snapshots),
        pool_(pool),
        store_(store),
        metrics_(metrics),
        holding_(holding),
        known_(known),
        spooling_(spooling) {}

  // `waiting` is called about twice a second; false when the mail server has gone.
  Result<Judgement> judge(Transaction& transaction, const std::function<bool()>& waiting);

 private:
  Result<void> scan(Transaction& transaction, const std::function<bool()>& waiting,
                    Judgement& judgement);
  Result<void> choose_action(const Transaction& transaction,
                             const std::function<bool()>& waiting, Judgement& judgement);
  Result<void> decide(const Transaction& transaction, Judgement& judgement);
  // Mail from outside: its values are no news to its sender. Never a reason to stop it.
  void learn(Transaction& transaction, const std::function<bool()>& waiting);
  void remember(const Transaction& transaction, const Judgement& judgement);
  Result<void> record_sharing(const Transaction& transaction, const Judgement& judgement);
  Result<void> record(const Transaction& transaction, Judgement& judgement);
  // In the store, or while it is away in the spool.
  Result<std::string> record_somewhere(const model::Incident& incident, bool& spooled);
  Result<void> hold(const Transaction& transaction, const model::Incident& incident,
                    bool spooled, Judgement& judgement);
  Result<model::Known> what_is_known(const Transaction& transaction,
                                     const Judgement& judgement);
  // Counts it. True: the spool may take what the store did not.
  bool store_is_away(const Error& error);

  Snapshots& snapshots_;
  pool::Pool& pool_;
  store::IncidentStore& store_;
  Metrics& metrics_;
  const Holding* holding_;
  store::RegisterStore* known_;
  Spooling* spooling_;
};

}  // namespace noshare::daemon
