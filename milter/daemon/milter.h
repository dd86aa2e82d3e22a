// Milter: libmilter's callbacks, translated into the daemon's own words.
//
// In:  events of the milter protocol (version 6)     Out: one answer at the end of a
// message libmilter knows one filter a process and passes no pointer of ours to its
// callbacks, so the services stand in a variable of this file. Every callback is noexcept
// and runs inside one guarded() wrapper: what it throws costs that message its verdict
// (on_failure), nothing else.
#pragma once

#include "daemon/services.h"

namespace noshare::daemon {

// Registers the callbacks. `services` must outlive all threads of libmilter, that is, the
// process.
Result<void> register_milter(Services& services);

}  // namespace noshare::daemon
