// Events as JSON and as CEF.
#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/outbox/feed.h"

namespace noshare::outbox {

namespace {

// How grave, from 0 to 10, as CEF counts.
int gravity(model::Action action) {
  switch (action) {
    case model::Action::kDeliver:
      return 3;
    case model::Action::kTag:
    case model::Action::kNotify:
      return 4;
    case model::Action::kRedact:
    case model::Action::kDropRecipient:
      return 6;
    case model::Action::kHold:
    case model::Action::kDefer:
      return 7;
    default:
      return 8;
  }
}

// CEF: '|' and '\' are escaped in the head, '=' and '\' in the extension.
std::string escaped(const std::string& text, char special) {
  std::string safe;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      safe += ' ';
      continue;
    }
    if (c == '\\' || c == special) safe += '\\';
    safe += c;
  }
  return safe;
}

std::string text_of(const Json& event, const char* key) {
  const auto at = event.find(key);
  if (at == event.end()) return {};
  if (at->is_string()) return at->get<std::string>();
  std::string text;
  if (at->is_array()) {
    for (const Json& one : *at)
      text += (text.empty() ? "" : ",") + one.get<std::string>();
  } else if (at->is_object()) {
    for (const auto& [name, count] : at->items()) {
      text += (text.empty() ? "" : ",") + name + ":" + count.dump();
    }
  } else {
    text = at->dump();
  }
  return text;
}

}  // namespace

Json incident_event(const model::Incident& incident) {
  Json entities = Json::object();
  for (const model::Finding& one : incident.report.findings) {
    entities[one.entity] = entities.value(one.entity, 0) + 1;
  }
  return {{"event", "incident"},
          {"time", rfc3339_utc(incident.time_us)},
          {"case", incident.case_number},
          {"action", name(incident.verdict.action)},
          {"carried_out", name(incident.carried_out)},
          {"rule", incident.verdict.rule},
          {"severity", gravity(incident.carried_out)},
          {"sender", incident.envelope.sender},
          {"recipients", incident.envelope.recipients},
          {"client_address", incident.envelope.client_address},
          {"message_id", incident.report.message_id},
          {"queue_id", incident.envelope.queue_id},
          {"entities", entities},
          {"unreadable", incident.report.unreadable.size()},
          {"policy_version", incident.policy_version}};
}

Json audit_event(const store::AuditEntry& entry) {
  constexpr int kAct = 5;
  return {{"event", "audit"},       {"time", rfc3339_utc(entry.time_us)},
          {"number", entry.number}, {"actor", entry.actor},
          {"act", entry.act},       {"object", entry.object},
          {"severity", kAct}};
}

std::string to_cef(const Json& event) {
  const bool is_incident = text_of(event, "event") == "incident";
  const std::string what =
      is_incident ? text_of(event, "carried_out") : text_of(event, "act");
  std::string cef = "CEF:0|noshare|noshare|" NOSHARE_VERSION "|" +
                    escaped(text_of(event, "event"), '|') + "|" + escaped(what, '|') +
                    "|" + text_of(event, "severity") + "|";
  struct Field {
    const char* name;
    const char* key;
    const char* label;  // of a custom field
  };
  constexpr Field kFields[] = {{"externalId", "case", nullptr},
                               {"externalId", "number", nullptr},
                               {"end", "time", nullptr},
                               {"act", "carried_out", nullptr},
                               {"act", "act", nullptr},
                               {"suser", "sender", nullptr},
                               {"suser", "actor", nullptr},
                               {"duser", "recipients", nullptr},
                               {"src", "client_address", nullptr},
                               {"cs1", "rule", "rule"},
                               {"cs2", "entities", "entities"},
                               {"cs3", "message_id", "messageId"},
                               {"cs4", "object", "object"}};
  bool first = true;
  for (const Field& one : kFields) {
    const std::string text = text_of(event, one.key);
    if (text.empty()) continue;
    if (one.label != nullptr) {
      cef += (first ? "" : " ") + std::string(one.name) + "Label=" + one.label;
      first = false;
    }
    cef += (first ? "" : " ") + std::string(one.name) + "=" + escaped(text, '=');
    first = false;
  }
  return cef;
}

}  // namespace noshare::outbox
