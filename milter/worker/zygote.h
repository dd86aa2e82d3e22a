// The zygote: loads once, then forks workers on request. Single-threaded, parses no mail.
//
// In:  the control channel on descriptor 3 (noshare/pool/control.h)     Out: exit status
// It ends when the pool closes the channel; its workers die with it.
#pragma once

#include <string>

#include "worker/service.h"

namespace noshare::worker {

// 0 when the pool has gone, 78 (EX_CONFIG of sysexits.h) after kFailed.
int run_zygote(const std::string& config_name, const Loader& load);

}  // namespace noshare::worker
