// `noshare audit`: who did what, and whether the record is whole.
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/json.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/store_json.h"

#include "action.h"
#include "engine.h"
#include "holding.h"

namespace noshare::cli {

namespace {

struct AuditOptions : HoldingOptions {
  store::AuditFilter filter;
  std::string known_head;
  std::string format = "text";
};

Result<std::unique_ptr<store::AuditLog>> open_audit(const AuditOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  return store::AuditLog::open(settings.store.place(), store::AuditLog::Access::kReadOnly,
                               std::move(key));
}

Result<int> list_entries(const AuditOptions& options) {
  NOSHARE_TRY(const auto audit, open_audit(options));
  NOSHARE_TRY(const auto entries, audit->list(options.filter));
  for (const store::AuditEntry& one : entries) {
    if (options.format == "json") {
      std::cout << to_line(store::to_json(one)) << "\n";
    } else {
      std::cout << one.number << "  " << rfc3339_utc(one.time_us) << "  " << one.actor
                << "  " << one.act << "  " << one.object << "  " << one.detail << "\n";
    }
  }
  return 0;
}

Result<int> verify_chain(const AuditOptions& options) {
  NOSHARE_TRY(const auto audit, open_audit(options));
  NOSHARE_TRY(const store::AuditCheck check, audit->verify(options.known_head));
  if (check.broken_at) {
    std::cout << "broken at entry " << *check.broken_at << ": " << check.fault << "\n";
    return 1;
  }
  std::cout << check.entries << " entries, whole; head " << check.head << "\n";
  return 0;
}

}  // namespace

void declare_audit(CLI::App& app, Run& run) {
  auto* audit =
      app.add_subcommand("audit", "Who did what, in a chain that shows changes");
  audit->require_subcommand(1);
  auto options = std::make_shared<AuditOptions>();
  auto* list_command =
      declare_action(*audit, run, "list", "Newest first", list_entries, options);
  list_command->add_option("--actor", options->filter.actor, "Acts of this account");
  list_command->add_option("--case", options->filter.object, "Acts on this case");
  list_command->add_option("--most", options->filter.most,
                           "At most so many; default 100");
  list_command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  options = std::make_shared<AuditOptions>();
  auto* verify_command = declare_action(
      *audit, run, "verify", "Whether no entry was changed, removed or inserted",
      verify_chain, options);
  verify_command
      ->add_option(
          "--head", options->known_head,
          "A head that an earlier check printed, kept elsewhere: it must still be "
          "in the chain")
      ->type_name("HEX");
}

}  // namespace noshare::cli
