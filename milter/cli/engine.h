// Engine: what a scan needs, loaded once: settings, packs, patterns, policy.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/convert/converters.h"
#include "noshare/customers/index.h"
#include "noshare/detect/detector.h"
#include "noshare/forms/forms.h"
#include "noshare/policy/policy.h"
#include "noshare/scan/scanner.h"
#include "noshare/store/register_store.h"

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
  // The installation's if it may be read; else a random one, and results can be compared
  // within this run only.
  FingerprintKey key = FingerprintKey::random();
  std::shared_ptr<const customers::Index> customers;  // null: none is configured
  std::shared_ptr<const forms::Forms> forms;          // null: none is configured
  std::unique_ptr<store::RegisterStore> known;        // null: there is none to be read
  std::unique_ptr<policy::Policy> policy;
  std::unique_ptr<convert::Converters> converters;  // started when first needed
};

// Errors: those of the settings and packs, with file, line and column.
Result<config::Settings> load_settings_or_defaults(const std::string& config);
Result<Engine> load_engine(const EngineOptions& options);
Result<scan::Scanner> make_scanner(const Engine& engine);

// The user's own cache folder, or the installation's when it can be written.
std::filesystem::path cache_folder(const config::Settings& settings);

}  // namespace noshare::cli
