// Acts of who runs a command, for the audit log.
//
// In:  settings, the installation's key, the act     Out: an entry in the log
#pragma once

#include <string>

#include "noshare/config/settings.h"

namespace noshare::cli {

// "cli:anna".
std::string person_here();

Result<void> note_act(const config::Settings& settings, const std::string& act,
                      const std::string& object, const std::string& detail);

}  // namespace noshare::cli
