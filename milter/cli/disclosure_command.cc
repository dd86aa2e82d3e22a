// `noshare disclosure open|close|list|export`: disclosures to authorities that the law
// asks for, and the register of them.
#include <algorithm>
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/json.h"
#include "noshare/base/text.h"
#include "noshare/policy/lawful.h"
#include "noshare/store/register_store.h"

#include "action.h"
#include "audit.h"
#include "command.h"
#include "engine.h"
#include "permission_subject.h"

namespace noshare::cli {

namespace {

constexpr std::size_t kIdChars = 11;  // "ND-7K3M9QX2", the first half of a token

struct DisclosureOptions {
  std::string config;
  model::LawfulDisclosure disclosure;
  std::string entities;
  std::uint32_t hours = 72;
  std::string id;
  std::string format = "text";
};

Result<std::unique_ptr<store::RegisterStore>> open_register(
    const DisclosureOptions& options, config::Settings& settings,
    store::RegisterStore::Access access) {
  NOSHARE_TRY(settings, load_settings_or_defaults(options.config));
  return store::RegisterStore::open(settings.store.place(), access);
}

Result<std::string> open_one(const DisclosureOptions& options) {
  config::Settings settings;
  NOSHARE_TRY(const auto store,
              open_register(options, settings, store::RegisterStore::Access::kReadWrite));
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  model::LawfulDisclosure one = options.disclosure;
  one.recipient = ascii_lowered(trimmed(one.recipient));
  const std::string domain = one.recipient.find('@') == std::string::npos
                                 ? one.recipient
                                 : address_domain(one.recipient);
  const bool listed = std::any_of(
      settings.authorities.begin(), settings.authorities.end(),
      [&](const auto& authority) { return glob_match(authority.domain, domain); });
  if (!listed) {
    return fail(ErrorCode::kInvalidInput,
                "'" + domain + "' is not among the configured 'authorities'");
  }
  one.entities = words_of_list(options.entities, ',');
  constexpr std::int64_t kHour_us = 3'600LL * 1'000'000;
  one.opened_us = now_unix_us();
  one.expires_us = one.opened_us + options.hours * kHour_us;
  NOSHARE_TRY(const std::string token,
              store->open_disclosure(one, [&](const model::LawfulDisclosure& with_id) {
                return policy::disclosure_signature(key, with_id);
              }));
  NOSHARE_CHECK(note_act(settings, "disclosure_opened", token.substr(0, kIdChars),
                         "case " + one.case_reference + ", approved by " + one.approver));
  return token;
}

Result<void> run_open(const DisclosureOptions& options) {
  NOSHARE_TRY(const auto token, open_one(options));
  std::cout << token << "\n"
            << "Put it into the subject, or into a header field X-Disclosure, within "
            << options.hours << " hours.\n";
  return {};
}

Result<void> run_close(const DisclosureOptions& options) {
  config::Settings settings;
  NOSHARE_TRY(const auto store,
              open_register(options, settings, store::RegisterStore::Access::kReadWrite));
  const std::string id = options.id.substr(0, kIdChars);
  NOSHARE_CHECK(store->close_disclosure(id, now_unix_us()));
  NOSHARE_CHECK(note_act(settings, "disclosure_closed", id, ""));
  std::cout << id << " is closed\n";
  return {};
}

std::string authority_of(const config::Settings& settings, const std::string& recipient) {
  const std::string domain =
      recipient.find('@') == std::string::npos ? recipient : address_domain(recipient);
  for (const config::Authority& one : settings.authorities) {
    if (glob_match(one.domain, domain)) return one.name;
  }
  return {};
}

// What Article 30(1)(d) of Regulation (EU) 2016/679 asks for: to whom personal data have
// been disclosed; with it the basis, who approved it, and how much went.
std::vector<std::pair<std::string, std::string>> record_of(
    const config::Settings& settings, const model::LawfulDisclosure& one) {
  const auto time = [](std::int64_t us) { return us == 0 ? "" : rfc3339_utc(us); };
  return {
      {"id", one.id},
      {"authority", authority_of(settings, one.recipient)},
      {"recipient", one.recipient},
      {"case_reference", one.case_reference},
      {"purpose", one.purpose},
      {"approver", one.approver},
      {"categories_of_data", one.entities.empty() ? "all" : joined(one.entities, " ")},
      {"sender", one.sender},
      {"opened", time(one.opened_us)},
      {"expires", time(one.expires_us)},
      {"closed", time(one.closed_us)},
      {"messages", std::to_string(one.uses)},
      {"data_subjects", std::to_string(one.subjects)}};
}

void print_csv(const std::vector<std::pair<std::string, std::string>>& record,
               bool names) {
  std::string line;
  for (const auto& [name, value] : record) {
    line += (line.empty() ? "" : ",") + csv_field(names ? name : value);
  }
  std::cout << line << "\n";
}

Result<void> run_list(const DisclosureOptions& options) {
  config::Settings settings;
  NOSHARE_TRY(const auto store,
              open_register(options, settings, store::RegisterStore::Access::kReadOnly));
  NOSHARE_TRY(const auto list, store->disclosures());
  if (options.format == "csv") print_csv(record_of(settings, {}), true);
  for (const model::LawfulDisclosure& one : list) {
    const auto record = record_of(settings, one);
    if (options.format == "csv") {
      print_csv(record, false);
    } else if (options.format == "json") {
      Json json;
      for (const auto& [name, value] : record) json[name] = value;
      std::cout << to_line(json) << "\n";
    } else {
      std::cout << one.id << "  to " << one.recipient << "  case " << one.case_reference
                << "  approved by " << one.approver << "  until "
                << rfc3339_utc(one.expires_us) << (one.closed_us != 0 ? ", closed" : "")
                << "  " << one.uses << " messages, " << one.subjects << " people\n";
    }
  }
  return {};
}

void declare_open(CLI::App& parent, Run& run) {
  const auto options = std::make_shared<DisclosureOptions>();
  auto* command = declare_action(
      parent, run, "open", "Allow a disclosure that the law asks for", run_open, options);
  command->footer(
      R"(Prints a token. A message to the authority that has it in its subject or in a header field
may hold what the disclosure allows; the register says which did.

Example:
  noshare disclosure open --to police.test --case '12 B 345/26' --approver 'A. Counsel' \
      --purpose 'court order of 3 May' --hours 48)");
  model::LawfulDisclosure& one = options->disclosure;
  command->add_option("--to", one.recipient, "Domain or address of the authority")
      ->required();
  command->add_option("--case", one.case_reference, "The authority's reference")
      ->required();
  command->add_option("--approver", one.approver, "Who answers for it")->required();
  command->add_option("--purpose", one.purpose, "What for: the order, the statute");
  command->add_option("--entities", options->entities,
                      "Which data, separated by commas; default: all but card numbers");
  command->add_option("--sender", one.sender, "Who alone may use it");
  command->add_option("--hours", options->hours, "For how long; default 72")
      ->check(CLI::Range(1U, 8760U));
}

}  // namespace

void declare_disclosure(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("disclosure", "Disclosures to authorities, and their register");
  command->require_subcommand(1);
  declare_open(*command, run);
  auto options = std::make_shared<DisclosureOptions>();
  declare_action(*command, run, "close", "End one before its time", run_close, options)
      ->add_option("ID", options->id, "As open has printed it, ND-7K3M9QX2")
      ->required();
  options = std::make_shared<DisclosureOptions>();
  declare_action(*command, run, "list", "All of them, oldest first", run_list, options)
      ->add_option("--format", options->format, "text, json or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}));
  options = std::make_shared<DisclosureOptions>();
  options->format = "csv";
  declare_action(*command, run, "export",
                 "The register, as a record of recipients (GDPR Article 30)", run_list,
                 options)
      ->add_option("--format", options->format, "csv or json")
      ->check(CLI::IsMember({"json", "csv"}));
}

}  // namespace noshare::cli
