// The sandbox of a worker: its descriptors and bounds (noshare/sandbox/sandbox.h has the
// rest).
//
// In:  a freshly forked child     Out: a process that serves on descriptor 3, has told
// the zygote so on descriptor 4, and keeps what its service needs (Service::descriptors)
#pragma once

#include <string>
#include <vector>

#include "noshare/base/fd.h"
#include "noshare/base/limits.h"
#include "noshare/base/result.h"
#include "noshare/sandbox/sandbox.h"

namespace noshare::worker {

// Where a worker finds its descriptors; 0 to 2 lead to /dev/null.
inline constexpr int kServiceDescriptor = 3;
inline constexpr int kToldDescriptor =
    4;  // the pipe to the zygote; closed before serving

// Made once, in the zygote, while files may still be opened.
struct WorkerPlan {
  Limits limits;
  sandbox::Plan sandbox;
};
WorkerPlan plan_worker(const Limits& limits);

// Moves `socket` and `told` to their places, closes all else but `kept` and gives
// everything up. A descriptor to keep has a number above both places.
Result<void> enter_sandbox(const WorkerPlan& plan, UniqueFd socket, UniqueFd told,
                           std::vector<int> kept);

}  // namespace noshare::worker
