// `noshare permission grant|revoke|list|import|export`: what data subjects have allowed.
#include <algorithm>
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/files.h"
#include "noshare/base/json.h"
#include "noshare/base/text.h"
#include "noshare/customers/csv_reader.h"
#include "noshare/store/register_store.h"
#include "noshare/store/vault.h"

#include "action.h"
#include "audit.h"
#include "command.h"
#include "engine.h"
#include "permission_subject.h"

namespace noshare::cli {

namespace {

struct PermissionOptions {
  std::string config;
  std::vector<std::string> subjects;
  std::string recipient = "*";
  std::string entities;
  std::string purpose;
  std::string from;
  std::string until;
  std::string evidence;
  std::string label;
  bool never = false;
  bool all = false;
  std::string id;
  std::string file;
  std::string format = "text";
};

// What every one of these commands works with.
struct Desk {
  config::Settings settings;
  FingerprintKey key = FingerprintKey::random();
  std::unique_ptr<store::RegisterStore> store;
};

Result<Desk> open_desk(const PermissionOptions& options,
                       store::RegisterStore::Access access) {
  Desk desk;
  NOSHARE_TRY(desk.settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(desk.key, FingerprintKey::load_or_create(desk.settings.fingerprint_key));
  NOSHARE_TRY(desk.store,
              store::RegisterStore::open(desk.settings.store.place(), access));
  return desk;
}

// The fields that grant and import share.
Result<model::Permission> make_permission(const Desk& desk,
                                          const PermissionOptions& options) {
  model::Permission permission;
  permission.kind =
      options.never ? model::PermissionKind::kNever : model::PermissionKind::kGrant;
  for (const std::string& text : options.subjects) {
    NOSHARE_TRY(const auto subjects, parse_subject(desk.key, text));
    permission.subjects.insert(permission.subjects.end(), subjects.begin(),
                               subjects.end());
  }
  if (permission.subjects.empty()) {
    return fail(ErrorCode::kInvalidInput, "expected a data subject");
  }
  permission.recipient = ascii_lowered(trimmed(options.recipient));
  if (permission.recipient.empty()) permission.recipient = "*";
  permission.entities = words_of_list(options.entities, ',');
  permission.purpose = options.purpose;
  NOSHARE_CHECK(check_day(options.from));
  NOSHARE_CHECK(check_day(options.until));
  permission.from = options.from;
  permission.until = options.until;
  permission.evidence = options.evidence;
  permission.granted_us = now_unix_us();
  if (!options.label.empty()) {
    if (desk.settings.vault.empty()) {
      return fail(ErrorCode::kInvalidInput,
                  "a label is sealed for the officers of the vault, and no 'vault' is "
                  "configured");
    }
    NOSHARE_TRY(const auto vault, store::Vault::open(desk.settings.vault));
    NOSHARE_TRY(const auto officers, vault.officers());
    NOSHARE_TRY(permission.label, store::seal_label(officers, Sensitive(options.label)));
  }
  return permission;
}

Result<void> run_grant(const PermissionOptions& options) {
  NOSHARE_TRY(const auto desk,
              open_desk(options, store::RegisterStore::Access::kReadWrite));
  NOSHARE_TRY(const auto permission, make_permission(desk, options));
  NOSHARE_TRY(const auto ids, desk.store->grant({permission}));
  NOSHARE_CHECK(note_act(desk.settings,
                         options.never ? "opt_out_recorded" : "permission_granted",
                         ids.front(), options.evidence));
  std::cout << ids.front() << "\n";
  return {};
}

Result<void> run_revoke(const PermissionOptions& options) {
  NOSHARE_TRY(const auto desk,
              open_desk(options, store::RegisterStore::Access::kReadWrite));
  std::string id = options.id;
  std::transform(id.begin(), id.end(), id.begin(), ascii_upper);
  NOSHARE_CHECK(desk.store->revoke(id, now_unix_us()));
  NOSHARE_CHECK(note_act(desk.settings, "permission_revoked", id, ""));
  std::cout << id << " is revoked\n";
  return {};
}

std::string subjects_text(const model::Permission& permission) {
  std::vector<std::string> texts;
  for (const Fingerprint& one : permission.subjects) texts.push_back("fp:" + one.hex());
  return joined(texts, ";");
}

std::string line_of(const model::Permission& one) {
  std::string text = one.id + "  " + name(one.kind) + "  to " + one.recipient + "  " +
                     (one.entities.empty() ? "all data" : joined(one.entities, ", "));
  if (!one.purpose.empty()) text += "  for " + one.purpose;
  if (!one.from.empty()) text += "  from " + one.from;
  if (!one.until.empty()) text += "  until " + one.until;
  if (!one.evidence.empty()) text += "  (" + one.evidence + ")";
  if (one.revoked_us != 0) text += "  revoked " + rfc3339_utc(one.revoked_us);
  return text + "\n";
}

Json json_of(const model::Permission& one) {
  return {{"id", one.id},
          {"kind", name(one.kind)},
          {"subjects", subjects_text(one)},
          {"recipient", one.recipient},
          {"entities", one.entities},
          {"purpose", one.purpose},
          {"from", one.from},
          {"until", one.until},
          {"evidence", one.evidence},
          {"granted", rfc3339_utc(one.granted_us)},
          {"revoked", one.revoked_us == 0 ? "" : rfc3339_utc(one.revoked_us)},
          {"label", one.label.empty() ? "" : "sealed"}};
}

Result<std::vector<model::Permission>> asked_for(const Desk& desk,
                                                 const PermissionOptions& options) {
  store::PermissionFilter filter;
  filter.most = UINT32_MAX;
  filter.revoked = options.all;
  if (options.recipient != "*") filter.recipient = options.recipient;
  for (const std::string& text : options.subjects) {
    NOSHARE_TRY(const auto subjects, parse_subject(desk.key, text));
    filter.subjects.insert(filter.subjects.end(), subjects.begin(), subjects.end());
  }
  return desk.store->list(filter);
}

Result<void> run_list(const PermissionOptions& options) {
  NOSHARE_TRY(const auto desk,
              open_desk(options, store::RegisterStore::Access::kReadOnly));
  NOSHARE_TRY(const auto permissions, asked_for(desk, options));
  for (const model::Permission& one : permissions) {
    std::cout << (options.format == "json" ? to_line(json_of(one)) + "\n" : line_of(one));
  }
  return {};
}

constexpr const char* kCsvHeader =
    "kind,subject,recipient,entities,purpose,from,until,evidence";

Result<void> run_export(const PermissionOptions& options) {
  NOSHARE_TRY(const auto desk,
              open_desk(options, store::RegisterStore::Access::kReadOnly));
  NOSHARE_TRY(const auto permissions, asked_for(desk, options));
  std::cout << kCsvHeader << "\n";
  for (const model::Permission& one : permissions) {
    std::cout << name(one.kind) << ',' << csv_field(subjects_text(one)) << ','
              << csv_field(one.recipient) << ',' << csv_field(joined(one.entities, ","))
              << ',' << csv_field(one.purpose) << ',' << one.from << ',' << one.until
              << ',' << csv_field(one.evidence) << "\n";
  }
  return {};
}

// The options that a row of a CSV file stands for.
Result<PermissionOptions> options_of_row(const std::vector<std::string>& names,
                                         const std::vector<std::string>& fields) {
  PermissionOptions row;
  for (std::size_t i = 0; i < names.size() && i < fields.size(); ++i) {
    const std::string column = ascii_lowered(trimmed(names[i]));
    const std::string value(trimmed(fields[i]));
    if (column == "kind") {
      model::PermissionKind kind{};
      if (!model::permission_kind_from_name(value.c_str(), kind)) {
        return fail(ErrorCode::kInvalidInput, "'kind' is grant or never");
      }
      row.never = kind == model::PermissionKind::kNever;
    } else if (column == "subject") {
      row.subjects = words_of_list(value, ';');
    } else if (column == "recipient") {
      row.recipient = value;
    } else if (column == "entities") {
      row.entities = value;
    } else if (column == "purpose") {
      row.purpose = value;
    } else if (column == "from") {
      row.from = value;
    } else if (column == "until") {
      row.until = value;
    } else if (column == "evidence") {
      row.evidence = value;
    } else {
      return fail(ErrorCode::kInvalidInput,
                  "unknown column '" + one_line(column) + "', expected " + kCsvHeader);
    }
  }
  return row;
}

Result<std::vector<model::Permission>> read_csv(const Desk& desk,
                                                const std::string& file) {
  NOSHARE_TRY(customers::CsvReader reader, customers::CsvReader::open(file));
  std::vector<std::string> names;
  std::vector<std::string> fields;
  std::vector<model::Permission> permissions;
  NOSHARE_TRY(bool any, reader.next(names));
  while (any) {
    NOSHARE_TRY(any, reader.next(fields));
    if (!any || (fields.size() == 1 && fields[0].empty())) continue;
    const auto row = options_of_row(names, fields);
    const auto permission =
        row ? make_permission(desk, *row) : tl::unexpected(row.error());
    if (!permission) {
      return fail(ErrorCode::kInvalidInput, file + ":" + std::to_string(reader.line()) +
                                                ": " + permission.error().message);
    }
    permissions.push_back(*permission);
  }
  return permissions;
}

Result<void> run_import(const PermissionOptions& options) {
  NOSHARE_TRY(const auto desk,
              open_desk(options, store::RegisterStore::Access::kReadWrite));
  NOSHARE_TRY(const auto permissions, read_csv(desk, options.file));
  NOSHARE_TRY(const auto ids, desk.store->grant(permissions));
  NOSHARE_CHECK(note_act(desk.settings, "permissions_imported", "",
                         std::to_string(ids.size()) + " permissions"));
  std::cout << ids.size() << " permissions\n";
  return {};
}

void add_subject(CLI::App& command, PermissionOptions& options, bool required) {
  command
      .add_option("--subject", options.subjects,
                  "Whose data: an e-mail address, customer=KEY, or ENTITY=VALUE; may be "
                  "given several times for one person")
      ->type_name("SUBJECT")
      ->required(required)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--to", options.recipient,
                     "Recipient: a domain, an address, or a glob of them; default: any");
}

void declare_grant(CLI::App& parent, Run& run) {
  const auto options = std::make_shared<PermissionOptions>();
  auto* command = declare_action(
      parent, run, "grant", "Record what a data subject has allowed", run_grant, options);
  command->footer(
      R"(Prints the permission's id. Values are kept as keyed fingerprints only.

Examples:
  noshare permission grant --subject jane@else.test --to partner.test --entities phone_number \
      --purpose delivery --until 2027-12-31 --evidence 'form 2026/117'
  noshare permission grant --never --subject customer=C-100042)");
  add_subject(*command, *options, true);
  command->add_option("--entities", options->entities,
                      "Which data, separated by commas; default: all");
  command->add_option("--purpose", options->purpose, "What for; named in the verdict");
  command->add_option("--from", options->from, "First day")->type_name("DAY");
  command->add_option("--until", options->until, "Last day")->type_name("DAY");
  command->add_option("--evidence", options->evidence, "Where the consent can be seen");
  command->add_option("--label", options->label,
                      "Words about the person, sealed for the officers of the vault");
  command->add_flag("--never", options->never,
                    "An opt-out: never share, whoever else allows it");
}

}  // namespace

void declare_permission(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("permission", "What data subjects have allowed");
  command->require_subcommand(1);
  declare_grant(*command, run);
  auto options = std::make_shared<PermissionOptions>();
  declare_action(*command, run, "revoke", "From the next message on", run_revoke, options)
      ->add_option("ID", options->id, "As grant has printed it, PM-7K3M9QX2")
      ->required();
  options = std::make_shared<PermissionOptions>();
  auto* list = declare_action(*command, run, "list", "Permissions, oldest first",
                              run_list, options);
  add_subject(*list, *options, false);
  list->add_flag("--all", options->all, "Those that were revoked, too");
  list->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  options = std::make_shared<PermissionOptions>();
  auto* import_command =
      declare_action(*command, run, "import",
                     "Record the rows of a CSV file, all or none", run_import, options);
  import_command->footer(std::string("The first line names the columns: ") + kCsvHeader);
  import_command->add_option("FILE", options->file, "CSV file")->required();
  options = std::make_shared<PermissionOptions>();
  auto* export_command = declare_action(
      *command, run, "export", "As CSV; people as fingerprints", run_export, options);
  add_subject(*export_command, *options, false);
}

}  // namespace noshare::cli
