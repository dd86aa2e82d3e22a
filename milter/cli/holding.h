// What commands about held messages share: the vault and store of the configuration, the
// officer's key.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/store/hold_store.h"
#include "noshare/store/vault.h"

namespace noshare::cli {

struct HoldingOptions {
  std::string config;
  std::string key_file;
  std::string passphrase_file;
  std::string case_number;
  std::string reason;
};

void add_case(CLI::App& command, HoldingOptions& options);
// --key, --passphrase-file, --reason: what an officer's act needs.
void add_officer_act(CLI::App& command, HoldingOptions& options);

// Errors: kInvalidInput when the configuration names no vault.
Result<store::Vault> open_vault(const config::Settings& settings);
Result<std::unique_ptr<store::HoldStore>> open_holds(const config::Settings& settings);
Result<store::OfficerKey> open_officer_key(const HoldingOptions& options);

}  // namespace noshare::cli
