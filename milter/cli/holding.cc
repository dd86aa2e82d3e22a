#include "holding.h"

#include "noshare/base/files.h"

#include "passphrase.h"

namespace noshare::cli {

void add_case(CLI::App& command, HoldingOptions& options) {
  command.add_option("CASE", options.case_number, "Case number, as in NS-7K3M9QX2")
      ->required();
}

void add_officer_act(CLI::App& command, HoldingOptions& options) {
  command.add_option("--key", options.key_file, "The officer's secret key")
      ->type_name("FILE")
      ->required();
  command
      .add_option("--passphrase-file", options.passphrase_file,
                  "Read the passphrase from the first line of this file, do not ask")
      ->type_name("FILE");
  command.add_option("--reason", options.reason, "Why; it is kept with the case")
      ->type_name("TEXT")
      ->required();
}

Result<store::Vault> open_vault(const config::Settings& settings) {
  if (settings.vault.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "the configuration names no vault; set 'vault: /var/lib/noshare/vault'");
  }
  return store::Vault::open(settings.vault);
}

Result<std::unique_ptr<store::HoldStore>> open_holds(const config::Settings& settings) {
  NOSHARE_TRY(FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  return store::HoldStore::open(settings.store.place(),
                                store::HoldStore::Access::kReadWrite, std::move(key));
}

Result<store::OfficerKey> open_officer_key(const HoldingOptions& options) {
  constexpr std::uint64_t kMostBytes = 64 * 1024;
  NOSHARE_TRY(const std::string text, read_file(options.key_file, kMostBytes));
  NOSHARE_TRY(const Sensitive passphrase,
              read_passphrase(options.passphrase_file,
                              "Passphrase of " + options.key_file, false));
  auto key = store::OfficerKey::from_text(text, passphrase);
  if (!key) return fail(key.error().code, options.key_file + ": " + key.error().message);
  return key;
}

}  // namespace noshare::cli
