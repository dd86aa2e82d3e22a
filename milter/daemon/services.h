// Services: what every callback needs, made once at the start and gone last.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "noshare/pool/pool.h"
#include "noshare/store/incident_store.h"
#include "noshare/store/register_store.h"

#include "daemon/drain.h"
#include "daemon/holding.h"
#include "daemon/metrics.h"
#include "daemon/snapshot.h"
#include "daemon/spooling.h"
#include "daemon/wakeup.h"

namespace noshare::daemon {

struct Services {
  Services(SnapshotPtr first, std::unique_ptr<pool::Pool> the_pool,
           std::unique_ptr<store::IncidentStore> the_store,
           std::unique_ptr<Holding> the_holding)
      : snapshots(std::move(first)),
        pool(std::move(the_pool)),
        store(std::move(the_store)),
        holding(std::move(the_holding)) {}

  Snapshots snapshots;
  std::unique_ptr<pool::Pool> pool;
  std::unique_ptr<store::IncidentStore> store;
  std::unique_ptr<Holding> holding;             // null: every hold is the mail server's
  std::unique_ptr<store::RegisterStore> known;  // null: nothing is known of anybody
  std::unique_ptr<Spooling> spooling;  // null: mail waits while the store is away
  Metrics metrics;
  DrainGate gate;
  std::unique_ptr<WakeUp> wakeup;  // once we listen
  std::atomic<std::uint64_t> connections{0};
  std::uint64_t most_connections =
      1000;  // each may need two descriptors; see raise_limits()
};

}  // namespace noshare::daemon
