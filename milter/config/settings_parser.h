// SettingsParser: walks noshare.yaml along the table of keys.
//
// In:  the text of a file     Out: a Draft whose Settings are filled
// Errors: kInvalidInput with every fault found, one a line.
#pragma once

#include <filesystem>
#include <string>

#include "noshare/base/result.h"

#include "config/settings_keys.h"

namespace noshare::config {

Result<Settings> read_settings(const std::string& text, const std::string& file_name);

}  // namespace noshare::config
