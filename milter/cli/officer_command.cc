// `noshare officer`: who can read held messages.
#include <iostream>

#include <unistd.h>

#include "noshare/base/files.h"

#include "action.h"
#include "engine.h"
#include "holding.h"
#include "passphrase.h"

namespace noshare::cli {

namespace {

struct OfficerOptions : HoldingOptions {
  std::string name;
  std::string public_file;
};

Result<store::Vault> vault_of(const OfficerOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  return open_vault(settings);
}

Result<void> create_key_pair(const OfficerOptions& options) {
  if (::access(options.key_file.c_str(), F_OK) == 0) {
    return fail(ErrorCode::kInvalidInput,
                options.key_file + " is there already; a key is never overwritten");
  }
  NOSHARE_TRY(const store::OfficerKey key, store::OfficerKey::generate(options.name));
  NOSHARE_TRY(const Sensitive passphrase,
              read_passphrase(options.passphrase_file,
                              "New passphrase for " + options.key_file, true));
  NOSHARE_TRY(const std::string text, key.to_text(passphrase));
  NOSHARE_CHECK(write_file_atomically(options.key_file, text, 0600));
  if (options.public_file.empty()) {
    NOSHARE_TRY(const store::Vault vault, vault_of(options));
    NOSHARE_CHECK(vault.add_officer(key.public_key()));
  } else {
    NOSHARE_CHECK(write_file_atomically(options.public_file, key.public_key().to_text()));
  }
  std::cout << options.name << "  " << key.public_key().id() << "\n";
  return {};
}

Result<void> add_officer_key(const OfficerOptions& options) {
  constexpr std::uint64_t kMostBytes = 4096;
  NOSHARE_TRY(const std::string text, read_file(options.public_file, kMostBytes));
  auto officer = store::OfficerPublicKey::from_text(text);
  if (!officer) {
    return fail(officer.error().code,
                options.public_file + ": " + officer.error().message);
  }
  NOSHARE_TRY(const store::Vault vault, vault_of(options));
  return vault.add_officer(*officer);
}

Result<void> list_officers(const OfficerOptions& options) {
  NOSHARE_TRY(const store::Vault vault, vault_of(options));
  NOSHARE_TRY(const auto officers, vault.officers());
  for (const store::OfficerPublicKey& one : officers) {
    std::cout << one.name << "  " << one.id() << "\n";
  }
  if (officers.empty()) {
    std::cerr << "noshare: no officer yet, so the mail server holds messages; see "
                 "'noshare officer create --help'\n";
  }
  return {};
}

Result<void> remove_officer_key(const OfficerOptions& options) {
  NOSHARE_TRY(const store::Vault vault, vault_of(options));
  return vault.remove_officer(options.name);
}

}  // namespace

void declare_officer(CLI::App& app, Run& run) {
  auto* officer = app.add_subcommand("officer", "Who can read and release held messages");
  officer->require_subcommand(1);
  officer->footer(
      "An officer has a key pair. The vault knows the public half; the secret half "
      "stays\n"
      "with the officer, best on another machine: make the pair there with --public "
      "FILE,\n"
      "and bring FILE to the mail host for 'noshare officer add'.");
  auto options = std::make_shared<OfficerOptions>();
  auto* create_command = declare_action(*officer, run, "create", "Makes a key pair",
                                        create_key_pair, options);
  create_command->add_option("NAME", options->name, "The officer's name")->required();
  create_command->add_option("--key", options->key_file, "Where the secret half goes")
      ->type_name("FILE")
      ->required();
  create_command
      ->add_option("--public", options->public_file,
                   "Write the public half here, not into the vault")
      ->type_name("FILE");
  create_command
      ->add_option("--passphrase-file", options->passphrase_file,
                   "Read the passphrase from the first line of this file, do not ask")
      ->type_name("FILE");

  options = std::make_shared<OfficerOptions>();
  declare_action(*officer, run, "add", "Puts a public half into the vault",
                 add_officer_key, options)
      ->add_option("FILE", options->public_file, "As --public wrote it")
      ->required();

  declare_action(*officer, run, "list", "Names and key ids", list_officers,
                 std::make_shared<OfficerOptions>());

  options = std::make_shared<OfficerOptions>();
  declare_action(*officer, run, "remove",
                 "Seals no new message for this officer; what is held stays readable",
                 remove_officer_key, options)
      ->add_option("NAME", options->name, "The officer's name")
      ->required();
}

}  // namespace noshare::cli
