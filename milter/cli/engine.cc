#include "engine.h"

#include <cstdlib>

#include <unistd.h>

#include "noshare/config/pack_cache.h"

namespace noshare::cli {

namespace fs = std::filesystem;

Result<config::Settings> load_settings_or_defaults(const std::string& config) {
  if (!config.empty()) return config::load_settings(config);
  if (::access(kSystemConfig.c_str(), R_OK) == 0)
    return config::load_settings(kSystemConfig);
  config::Settings settings;
  settings.rules = config::default_rules();
  settings.packs = {config::default_pack_folder()};
  return settings;
}

fs::path cache_folder(const config::Settings& settings) {
  if (!settings.cache.empty() && ::access(settings.cache.c_str(), W_OK) == 0) {
    return settings.cache;
  }
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  fs::path folder;
  if (xdg != nullptr && *xdg != '\0') {
    folder = fs::path(xdg) / "noshare";
  } else if (home != nullptr && *home != '\0') {
    folder = fs::path(home) / ".cache/noshare";
  }
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  return error ? fs::path() : folder;
}

namespace {

Result<void> load_knowledge(Engine& engine) {
  const config::Settings& settings = engine.settings;
  if (!settings.file.empty() && ::access(settings.fingerprint_key.c_str(), R_OK) == 0) {
    NOSHARE_TRY(engine.key, FingerprintKey::load_or_create(settings.fingerprint_key));
    // Without the key, nothing in the store could be recognised.
    if (::access(settings.store.place().c_str(), R_OK) == 0) {
      NOSHARE_TRY(engine.known,
                  store::RegisterStore::open(settings.store.place(),
                                             store::RegisterStore::Access::kReadOnly));
    }
  }
  if (!settings.forms.empty()) {
    NOSHARE_TRY(auto known, forms::Forms::open(settings.forms, engine.key));
    engine.forms = std::make_shared<const forms::Forms>(std::move(known));
  }
  if (settings.customers.index.empty()) return {};
  NOSHARE_TRY(engine.customers,
              customers::Index::open(settings.customers.index, engine.key));
  return {};
}

}  // namespace

Result<scan::Scanner> make_scanner(const Engine& engine) {
  NOSHARE_TRY(scan::Scanner scanner,
              scan::Scanner::create(engine.database, engine.key, engine.settings.limits,
                                    engine.converters.get()));
  scanner.look_at_headers(scan::header_tests_of(engine.settings));
  if (engine.customers) {
    scanner.look_for(customers::Matcher(engine.customers, engine.settings.customers));
  }
  if (engine.forms) scanner.look_for(engine.forms);
  return scanner;
}

Result<Engine> load_engine(const EngineOptions& options) {
  Engine engine;
  NOSHARE_TRY(engine.settings, load_settings_or_defaults(options.config));
  std::vector<fs::path> folders = engine.settings.packs;
  if (!options.packs.empty()) folders.assign(options.packs.begin(), options.packs.end());
  if (folders.empty()) folders = {config::default_pack_folder()};
  detect::Database::Options database;
  database.run_examples = options.run_examples;
  database.disabled = engine.settings.disabled_entities;
  if (options.use_cache) database.cache = cache_folder(engine.settings);
  NOSHARE_TRY(const config::PackSet packs,
              config::load_packs_cached(folders, database.cache));
  NOSHARE_TRY(engine.database, detect::Database::create(packs, database));
  NOSHARE_CHECK(load_knowledge(engine));
  NOSHARE_TRY(auto policy, policy::Policy::create(engine.settings, engine.key));
  engine.policy = std::make_unique<policy::Policy>(std::move(policy));
  engine.converters = std::make_unique<convert::Converters>(
      convert::installed_converters(engine.settings.limits));
  return engine;
}

}  // namespace noshare::cli
