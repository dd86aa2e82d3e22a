// Daemon: the life of noshare-milter from a ready pool to the last answer.
//
// In:  what main() made: pool, store, first snapshot     Out: the exit status
// Start: listen, control, metrics, then libmilter in a thread of its own. Then the main
// thread waits for signals. Stop: no new messages, the ones under way come to their end
// (at most drain_time), libmilter ends, the workers end. Errors: what kept it from
// starting.
#pragma once

#include <memory>

#include "daemon/reloader.h"
#include "daemon/services.h"

namespace noshare::daemon {

struct Parts {
  SnapshotPtr snapshot;
  std::unique_ptr<pool::Pool> pool;
  std::unique_ptr<store::IncidentStore> store;
  std::unique_ptr<Holding> holding;
  std::unique_ptr<store::RegisterStore> known = {};
  std::unique_ptr<store::Spool> spool = {};  // needs `holding`
  LoadSnapshot load;                         // for reloads
  std::function<void()> ready = [] {};       // called once the socket takes connections
};

// In the main thread, after Signals::install(). Once in a process: libmilter knows one
// filter.
Result<int> run_daemon(Parts parts);

}  // namespace noshare::daemon
