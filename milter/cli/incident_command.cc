// `noshare incident list|show`: what was stopped, and why.
#include <ctime>
#include <iostream>

#include "noshare/model/report_json.h"
#include "noshare/store/incident_store.h"

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
    file = settings.store.sqlite;
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
}

}  // namespace noshare::cli
