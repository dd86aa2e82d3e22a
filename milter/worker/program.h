// The whole of a worker program but for its service: noshare-worker, and the programs
// that tests put in its place.
//
// In:  --zygote --config FILE, as the pool says it     Out: the exit status
// 64 (EX_USAGE of sysexits.h) for any other command line: this program is not for people.
#pragma once

#include "worker/service.h"

namespace noshare::worker {

int run_program(int argument_count, const char* const* arguments, const Loader& load);

}  // namespace noshare::worker
