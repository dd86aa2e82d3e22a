// Engine: what a scan needs, loaded once: settings, packs, patterns, policy.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/convert/converters.h"
#include "noshare/detect/detector.h"
#include "noshare/policy/policy.h"
#include "noshare/scan/scanner.h"

namespace noshare::cli {

inline const std::filesystem::path kSystemConfig = "/etc/noshare/noshare.yaml";

struct EngineOptions {
  std::string config;              // empty: kSystemConfig if it is there, else defaults
  std::vector<std::string> packs;  // instead of the settings' folders
  bool use_cache = true;
  bool run_examples = false;
};

struct Engine {
  config::Settings settings;
  std::shared_ptr<const detect::Database> database;
  FingerprintKey key =
      FingerprintKey::random();  // results are compared within this run only
  std::unique_ptr<policy::Policy> policy;
  std::unique_ptr<convert::Converters> converters;  // started when first needed
};

// Errors: those of the settings and packs, with file, line and column.
Result<config::Settings> load_settings_or_defaults(const std::string& config);
Result<Engine> load_engine(const EngineOptions& options);

// The user's own cache folder, or the installation's when it can be written.
std::filesystem::path cache_folder(const config::Settings& settings);

}  // namespace noshare::cli
