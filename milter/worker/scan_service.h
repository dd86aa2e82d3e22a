// The real service: config and packs loaded into a scan::Scanner.
#pragma once

#include "worker/service.h"

namespace noshare::worker {

// A Loader. Snapshot ids read "<config version>-<pack version>".
// Errors: of the config, of a pack, or a pack whose examples fail.
Result<Loaded> load_scan_service(const std::string& config_text,
                                 const std::string& config_name,
                                 const FingerprintKey& key);

}  // namespace noshare::worker
