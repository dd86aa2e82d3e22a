// `noshare incident list|show|replay`: what was stopped, and why; and whether it would be
// again.
#include <ctime>
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/day.h"
#include "noshare/model/report_json.h"
#include "noshare/policy/replay.h"
#include "noshare/store/audit_log.h"
#include "noshare/store/incident_store.h"
#include "noshare/store/policy_archive.h"

#include "command.h"
#include "engine.h"

namespace noshare::cli {

namespace {

struct IncidentOptions {
  std::string config;
  std::string store;
  std::string format = "text";
  std::string since;
  std::string until;
  std::string action;
  std::string case_number;
  bool current = false;
  store::IncidentFilter filter;
};

// "2026-11-24" or "2026-11-24T10:00:00Z", UTC, to microseconds since 1970.
Result<std::int64_t> parse_time(const std::string& text) {
  for (const char* form : {"%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"}) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), form, &parts);
    if (end != nullptr && *end == '\0') {
      return static_cast<std::int64_t>(::timegm(&parts)) * 1'000'000;
    }
  }
  return fail(ErrorCode::kInvalidInput,
              "'" + text + "' is no time; expected 2026-11-24 or 2026-11-24T10:00:00Z");
}

Result<std::unique_ptr<store::IncidentStore>> open_store(const IncidentOptions& options) {
  std::filesystem::path file = options.store;
  if (file.empty()) {
    NOSHARE_TRY(const config::Settings settings,
                load_settings_or_defaults(options.config));
    file = settings.store.place();
  }
  return store::IncidentStore::open(file, store::IncidentStore::Access::kReadOnly);
}

std::string line_of(const model::Incident& incident) {
  std::string text = incident.case_number + "  " + rfc3339_utc(incident.time_us) + "  " +
                     name(incident.verdict.action) + "  " + incident.verdict.rule + "  " +
                     incident.envelope.sender + " -> ";
  const auto& recipients = incident.envelope.recipients;
  text += recipients.empty() ? "-" : recipients.front();
  if (recipients.size() > 1)
    text += " and " + std::to_string(recipients.size() - 1) + " more";
  return text + "  " + std::to_string(incident.report.findings.size()) + " findings\n";
}

std::string page_of(const model::Incident& incident) {
  std::string text = "case        " + incident.case_number + "\n" + "time        " +
                     rfc3339_utc(incident.time_us) + ", seen " +
                     std::to_string(incident.seen) + " time(s)\n" + "action      " +
                     name(incident.verdict.action) + " by rule " + incident.verdict.rule +
                     ", carried out: " + name(incident.carried_out) + "\nsender      " +
                     incident.envelope.sender + "\n";
  for (const model::RecipientVerdict& one : incident.verdict.recipients) {
    text += "recipient   " + one.recipient + " (" + name(one.party) +
            " party): " + name(one.action) + "\n";
  }
  text += "message-id  " + incident.report.message_id + "\nqueue id    " +
          incident.envelope.queue_id + "\npolicy      " + incident.policy_version +
          "\npacks       " + incident.pack_version + "\n";
  for (const model::Finding& one : incident.report.findings) {
    text += "found       " + one.entity + " " + std::to_string(one.confidence) + " " +
            one.masked + " in " + one.path + "\n";
    for (const std::string& reason : one.why) text += "              " + reason + "\n";
  }
  for (const model::Unreadable& one : incident.report.unreadable) {
    text += "unreadable  " + one.path + ": " + name(one.reason) + "\n";
  }
  for (const std::string& reason : incident.verdict.why)
    text += "why         " + reason + "\n";
  return text;
}

int list_incidents(IncidentOptions options) {
  for (const auto& [text, target] :
       {std::pair(&options.since, &options.filter.since_us),
        std::pair(&options.until, &options.filter.until_us)}) {
    if (text->empty()) continue;
    const auto time = parse_time(*text);
    if (!time) return complain(time.error());
    *target = *time;
  }
  if (!options.action.empty()) {
    model::Action action{};
    if (!model::action_from_name(options.action.c_str(), action)) {
      return complain("unknown action '" + options.action + "'");
    }
    options.filter.action = action;
  }
  const auto store = open_store(options);
  if (!store) return complain(store.error());
  const auto incidents = (*store)->list(options.filter);
  if (!incidents) return complain(incidents.error());
  for (const model::Incident& one : *incidents) {
    std::cout << (options.format == "json" ? to_line(model::to_json(one)) + "\n"
                                           : line_of(one));
  }
  return std::cout.flush() ? 0 : kFailed;
}

int show_incident(const IncidentOptions& options) {
  const auto store = open_store(options);
  if (!store) return complain(store.error());
  const auto incident = (*store)->find(options.case_number);
  if (!incident) return complain(options.case_number + ": " + incident.error().message);
  std::cout << (options.format == "json" ? to_line(model::to_json(*incident)) + "\n"
                                         : page_of(*incident));
  return std::cout.flush() ? 0 : kFailed;
}

// The settings that made the verdict: those in force, or as the store has kept them.
Result<config::Settings> settings_of(const model::Incident& incident,
                                     const config::Settings& now,
                                     const std::filesystem::path& file,
                                     const FingerprintKey& key) {
  if (now.version == incident.policy_version) return now;
  NOSHARE_TRY(const auto archive, store::PolicyArchive::open(file, key));
  NOSHARE_TRY(const std::string text, archive->find(incident.policy_version));
  NOSHARE_TRY(config::Settings then, config::parse_settings(text, now.file.string()));
  if (then.version != incident.policy_version) {
    return fail(ErrorCode::kInvalidInput, "the rule packs that configuration " +
                                              incident.policy_version +
                                              " names are not what they were");
  }
  return then;
}

struct Replayed {
  model::Incident incident;
  config::Settings settings;
  model::Verdict verdict;
  bool same = false;
};

Result<Replayed> replay_incident(const IncidentOptions& options) {
  NOSHARE_TRY(const config::Settings now, load_settings_or_defaults(options.config));
  const std::filesystem::path file =
      options.store.empty() ? now.store.place() : std::filesystem::path(options.store);
  NOSHARE_TRY(const auto store, open_store(options));
  Replayed replayed;
  NOSHARE_TRY(replayed.incident, store->find(options.case_number));
  const model::Incident& incident = replayed.incident;
  if (!policy::can_replay(incident)) {
    return fail(ErrorCode::kInvalidInput,
                "it was recorded by an earlier noshare, which did not keep what a replay "
                "needs");
  }
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(now.fingerprint_key));
  replayed.settings = now;
  if (!options.current) {
    NOSHARE_TRY(replayed.settings, settings_of(incident, now, file, key));
  }
  NOSHARE_TRY(const auto policy, policy::Policy::create(replayed.settings, key));
  replayed.verdict = policy::replay(policy, incident);
  replayed.same = policy::same_fate(incident.verdict, replayed.verdict);
  return replayed;
}

int replay_and_tell(const IncidentOptions& options) {
  const auto replayed = replay_incident(options);
  if (!replayed) return complain(options.case_number + ": " + replayed.error().message);
  const model::Incident& incident = replayed->incident;
  if (options.format == "json") {
    std::cout << to_line({{"case", incident.case_number},
                          {"same", replayed->same},
                          {"policy_version", replayed->settings.version},
                          {"recorded", model::to_json(incident.verdict)},
                          {"again", model::to_json(replayed->verdict)}})
              << '\n';
  } else {
    const auto fate = [](const model::Verdict& verdict) {
      return std::string(name(verdict.action)) +
             (verdict.rule.empty() ? std::string() : " by rule " + verdict.rule);
    };
    std::cout << incident.case_number << ": "
              << (replayed->same ? "the same verdict, " : "another verdict, ")
              << fate(replayed->verdict)
              << (replayed->same ? std::string()
                                 : "; recorded is " + fate(incident.verdict))
              << ", with configuration " << replayed->settings.version << '\n';
    for (const std::string& reason : replayed->verdict.why) {
      std::cout << "  " << reason << '\n';
    }
  }
  if (!std::cout.flush()) return kFailed;
  return replayed->same ? kNothingFound : kSomethingFound;
}

void add_common(CLI::App& command, IncidentOptions& options) {
  command.add_option("--config", options.config, "Configuration file")->type_name("FILE");
  command
      .add_option("--store", options.store,
                  "Database file, instead of the configured one")
      ->type_name("FILE");
  command.add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
}

void declare_list(CLI::App& parent, Run& run) {
  auto* command = parent.add_subcommand("list", "Incidents, newest first");
  const auto options = std::make_shared<IncidentOptions>();
  add_common(*command, *options);
  store::IncidentFilter& filter = options->filter;
  command->add_option("--since", options->since, "From this time on, UTC")
      ->type_name("TIME");
  command->add_option("--until", options->until, "Before this time, UTC")
      ->type_name("TIME");
  command->add_option("--sender", filter.sender, "Envelope sender, '*' is a wildcard");
  command->add_option("--recipient", filter.recipient,
                      "Envelope recipient, '*' is a wildcard");
  command->add_option("--rule", filter.rule, "A rule that matched");
  command->add_option("--entity", filter.entity, "An entity that was found");
  command->add_option("--action", options->action, "reject, hold, tag, ...");
  command->add_option("--queue-id", filter.queue_id, "The mail server's queue id");
  command->add_option("--message-id", filter.message_id, "The Message-ID header");
  command->add_option("--most", filter.most, "At most so many; default 100")
      ->type_name("N");
  command->callback(
      [&run, options] { run = [options] { return list_incidents(*options); }; });
}

// Both before and after in the audit log: what was meant, and what was done.
Result<store::Purged> purge_incidents(const IncidentOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  std::string day = options.until;
  if (day.empty() && settings.store.keep_days == 0) {
    return fail(ErrorCode::kInvalidInput,
                "incidents are kept for ever: give --before DAY, or set store.keep_days");
  }
  if (day.empty()) day = day_of(now_unix_us() - settings.store.keep_days * kDay_us);
  NOSHARE_TRY(const std::int64_t before, day_begin_us(day));
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  const std::filesystem::path place = settings.store.place();
  NOSHARE_TRY(const auto incidents, store::IncidentStore::open(
                                        place, store::IncidentStore::Access::kReadWrite));
  NOSHARE_TRY(const auto audit,
              store::AuditLog::open(place, store::AuditLog::Access::kReadWrite, key));
  NOSHARE_CHECK(audit->append(
      {0, now_unix_us(), "noshare", "purge_begun", "", "incidents of before " + day}));
  NOSHARE_TRY(const store::Purged purged, incidents->purge(before));
  std::string detail = std::to_string(purged.incidents) + " incidents of before " + day;
  if (purged.incidents > 0) {
    detail +=
        ", from " + rfc3339_utc(purged.first_us) + " to " + rfc3339_utc(purged.last_us);
  }
  detail += "; " + std::to_string(purged.left) + " still wait for a decision";
  NOSHARE_CHECK(audit->append({0, now_unix_us(), "noshare", "purged", "", detail}));
  std::cout << detail << "\n";
  return purged;
}

void declare_purge(CLI::App& parent, Run& run) {
  auto* command = parent.add_subcommand(
      "purge",
      "Removes incidents older than store.keep_days, on record in the audit log");
  const auto options = std::make_shared<IncidentOptions>();
  command->add_option("--config", options->config, "Configuration file")
      ->type_name("FILE");
  command->add_option("--before", options->until, "Those of before this day instead")
      ->type_name("DAY");
  command->callback([&run, options] {
    run = [options] {
      const auto purged = purge_incidents(*options);
      return purged ? 0 : complain(purged.error());
    };
  });
}

void declare_replay(CLI::App& parent, Run& run) {
  auto* command = parent.add_subcommand(
      "replay", "Makes the verdict again from the record, with the policy of then");
  const auto options = std::make_shared<IncidentOptions>();
  add_common(*command, *options);
  command->add_option("CASE", options->case_number, "Case number, as in NS-7K3M9QX2")
      ->required();
  command->add_flag("--current", options->current, "With the policy of now instead");
  command->callback(
      [&run, options] { run = [options] { return replay_and_tell(*options); }; });
}

}  // namespace

void declare_incident(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("incident", "What was stopped, and why");
  command->require_subcommand(1);
  declare_list(*command, run);
  auto* show = command->add_subcommand("show", "One incident with all its reasons");
  const auto options = std::make_shared<IncidentOptions>();
  add_common(*show, *options);
  show->add_option("CASE", options->case_number, "Case number, as in NS-7K3M9QX2")
      ->required();
  show->callback(
      [&run, options] { run = [options] { return show_incident(*options); }; });
  declare_replay(*command, run);
  declare_purge(*command, run);
}

}  // namespace noshare::cli
