// Serving: one message at a time, until the pool closes the socket.
//
// In:  frames: the request's number, a ScanRequest, the message's memory file
// Out: frames: the same number, a ScanReport, or a RedactReport and the body's memory
// file Whatever goes wrong ends the process (pool::WorkerExit): a new one takes its
// place.
#pragma once

#include "worker/service.h"

namespace noshare::worker {

// Returns the exit status.
int serve(int socket, Service& service);

}  // namespace noshare::worker
