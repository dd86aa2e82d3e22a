// `noshare account`: who may use the review server, and as what.
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/store/account_store.h"
#include "noshare/store/officer_key.h"
#include "noshare/store/totp.h"

#include "action.h"
#include "audit.h"
#include "engine.h"
#include "holding.h"
#include "passphrase.h"

namespace noshare::cli {

namespace {

struct AccountOptions : HoldingOptions {
  std::string name;
  std::string role = "officer";
  std::string senders;
  std::string email;
  bool no_code = false;
};

Result<std::unique_ptr<store::AccountStore>> open_accounts(
    const config::Settings& settings) {
  NOSHARE_TRY(FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  return store::AccountStore::open(settings.store.place(), std::move(key));
}

// A password, a second factor and, for who may release, a key to the vault.
Result<void> equip(store::Account& account, const AccountOptions& options,
                   const config::Settings& settings) {
  NOSHARE_TRY(
      const Sensitive password,
      read_passphrase(options.passphrase_file, "New password of " + options.name, true));
  NOSHARE_TRY(account.password_hash, store::hash_password(password));
  account.totp_secret =
      options.no_code ? Sensitive() : Sensitive(store::new_totp_secret());
  const bool releases =
      account.role == store::Role::kOfficer || account.role == store::Role::kAdmin;
  account.key_text.clear();
  if (releases && !settings.vault.empty()) {
    NOSHARE_TRY(const store::Vault vault, open_vault(settings));
    NOSHARE_TRY(const store::OfficerKey key, store::OfficerKey::generate(options.name));
    NOSHARE_TRY(account.key_text, key.to_text(password));
    NOSHARE_CHECK(vault.add_officer(key.public_key()));
  }
  return {};
}

void print_code(const store::Account& account) {
  if (account.totp_secret.empty()) return;
  std::cout << "Enter this into an authenticator app; it is not shown again:\n"
            << store::totp_uri(account.totp_secret.reveal(), account.name) << "\n";
}

Result<void> create_account(const AccountOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  store::Account account;
  account.name = options.name;
  account.senders = options.senders;
  account.email = options.email;
  account.created_us = now_unix_us();
  const auto role = store::role_from_name(options.role);
  if (!role) {
    return fail(
        ErrorCode::kInvalidInput,
        "no role '" + options.role + "', expected admin, officer, reviewer or auditor");
  }
  account.role = *role;
  NOSHARE_TRY(const auto accounts, open_accounts(settings));
  if (const auto there = accounts->find(options.name)) {
    return fail(ErrorCode::kInvalidInput, "an account has the name " + options.name);
  }
  NOSHARE_CHECK(equip(account, options, settings));
  NOSHARE_CHECK(accounts->add(account, person_here()));
  print_code(account);
  return {};
}

// New messages are sealed for those who may sign in, and for nobody else.
Result<void> set_recipient(const store::Account& account,
                           const config::Settings& settings) {
  if (account.key_text.empty() || settings.vault.empty()) return {};
  NOSHARE_TRY(const store::Vault vault, open_vault(settings));
  if (!account.disabled) {
    NOSHARE_TRY(const auto key, store::OfficerPublicKey::beside_secret(account.key_text));
    return vault.add_officer(key);
  }
  const auto removed = vault.remove_officer(account.name);
  if (!removed && removed.error().code != ErrorCode::kNotFound) return removed;
  NOSHARE_TRY(const auto left, vault.officers());
  if (left.empty()) {
    std::cerr << "noshare: no officer's key is left in the vault: from now on the mail "
                 "server holds messages\n";
  }
  return {};
}

Result<void> set_disabled(const AccountOptions& options, bool disabled) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const auto accounts, open_accounts(settings));
  NOSHARE_TRY(store::Account account, accounts->find(options.name));
  account.disabled = disabled;
  NOSHARE_CHECK(accounts->change(account, person_here()));
  return set_recipient(account, settings);
}

Result<void> set_email(const AccountOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const auto accounts, open_accounts(settings));
  NOSHARE_TRY(store::Account account, accounts->find(options.name));
  account.email = options.email == "none" ? std::string() : options.email;
  return accounts->change(account, person_here());
}

Result<void> disable(const AccountOptions& options) {
  return set_disabled(options, true);
}
Result<void> enable(const AccountOptions& options) {
  return set_disabled(options, false);
}

Result<void> list_accounts(const AccountOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const auto accounts, open_accounts(settings));
  NOSHARE_TRY(const auto all, accounts->list());
  for (const store::Account& one : all) {
    std::cout << one.name << "  " << store::name(one.role)
              << (one.totp_secret.empty() ? "  no second factor" : "")
              << (one.key_text.empty() ? "" : "  has a key")
              << (one.email.empty() ? "" : "  " + one.email)
              << (one.disabled ? "  disabled" : "") << "\n";
  }
  return {};
}

// "none" for no address.
CLI::Validator mail_address() {
  return {[](const std::string& text) {
            const bool fits = text == "none" || config::check_mail_address(text);
            return fits ? std::string() : "expected an address such as a@example.com";
          },
          ""};
}

}  // namespace

void declare_account(CLI::App& app, Run& run) {
  auto* account =
      app.add_subcommand("account", "Who may use the review server, and as what");
  account->require_subcommand(1);
  auto options = std::make_shared<AccountOptions>();
  auto* create_command =
      declare_action(*account, run, "create", "Makes an account; asks for its password",
                     create_account, options);
  create_command->add_option("NAME", options->name, "Name to sign in with")->required();
  create_command->add_option("--role", options->role,
                             "admin, officer, reviewer or auditor; default officer");
  create_command
      ->add_option("--senders", options->senders,
                   "Whose mail a reviewer sees: addresses, '*' is a wildcard")
      ->type_name("GLOBS");
  create_command->add_flag("--no-code", options->no_code,
                           "Sign in without a one-time code from an app");
  create_command
      ->add_option("--passphrase-file", options->passphrase_file,
                   "Read the password from the first line of this file, do not ask")
      ->type_name("FILE");
  create_command->add_option("--email", options->email, "Where the daily letter goes")
      ->type_name("ADDRESS")
      ->check(mail_address());
  options = std::make_shared<AccountOptions>();
  auto* email_command = declare_action(*account, run, "email",
                                       "Where its daily letter goes", set_email, options);
  email_command->add_option("NAME", options->name, "The account")->required();
  email_command->add_option("ADDRESS", options->email, "An address, or none")
      ->required()
      ->check(mail_address());
  declare_action(*account, run, "list", "All accounts", list_accounts,
                 std::make_shared<AccountOptions>());
  for (const auto& [name, about, act] :
       {std::tuple("disable",
                   "It cannot sign in any more, and no new message is sealed for it",
                   &disable),
        std::tuple("enable", "It can sign in again", &enable)}) {
    options = std::make_shared<AccountOptions>();
    declare_action(*account, run, name, about, act, options)
        ->add_option("NAME", options->name, "The account")
        ->required();
  }
}

}  // namespace noshare::cli
