#include "incident_facts.h"

#include "noshare/base/json.h"

namespace noshare::store {

namespace {

using model::Incident;

Json hex_list(const std::vector<Fingerprint>& values) {
  Json list = Json::array();
  for (const Fingerprint& one : values) list.push_back(one.hex());
  return list;
}

std::string hex_of(const Fingerprint& value) {
  return value.is_null() ? std::string() : value.hex();
}

Json to_json(const model::Permission& one) {
  return {{"id", one.id},
          {"kind", name(one.kind)},
          {"subjects", hex_list(one.subjects)},
          {"recipient", one.recipient},
          {"entities", one.entities},
          {"purpose", one.purpose},
          {"from", one.from},
          {"until", one.until},
          {"evidence", one.evidence}};
}

Json to_json(const model::Exclusion& one) {
  return {{"id", one.id},
          {"entity", one.entity},
          {"value", hex_of(one.value)},
          {"sender", one.sender},
          {"recipient_domain", one.recipient_domain}};
}

Json known_json(const model::Known& known) {
  Json json = {{"permissions", Json::array()},
               {"received", Json::array()},
               {"exclusions", Json::array()}};
  for (const auto& one : known.permissions) json["permissions"].push_back(to_json(one));
  for (const model::Received& one : known.received) {
    json["received"].push_back({{"correspondent", one.correspondent.hex()},
                                {"value", one.value.hex()},
                                {"day", one.day}});
  }
  for (const auto& one : known.exclusions) json["exclusions"].push_back(to_json(one));
  return json;
}

// Reading: what is missing or of another kind reads as empty.
std::string text_in(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Fingerprint fingerprint_in(const std::string& hex) {
  return fingerprint_from_hex(hex).value_or(Fingerprint{});
}

template <class Read>
void each(const Json& json, const char* key, Read read) {
  const auto at = json.find(key);
  if (at == json.end() || !at->is_array()) return;
  for (const Json& one : *at) read(one);
}

std::vector<std::string> texts_in(const Json& json, const char* key) {
  std::vector<std::string> texts;
  each(json, key, [&](const Json& one) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  });
  return texts;
}

std::vector<Fingerprint> fingerprints_in(const Json& json, const char* key) {
  std::vector<Fingerprint> values;
  for (const std::string& hex : texts_in(json, key)) {
    values.push_back(fingerprint_in(hex));
  }
  return values;
}

model::Known known_from(const Json& json) {
  model::Known known;
  each(json, "permissions", [&](const Json& one) {
    model::Permission permission;
    permission.id = text_in(one, "id");
    model::permission_kind_from_name(text_in(one, "kind").c_str(), permission.kind);
    permission.subjects = fingerprints_in(one, "subjects");
    permission.recipient = text_in(one, "recipient");
    permission.entities = texts_in(one, "entities");
    permission.purpose = text_in(one, "purpose");
    permission.from = text_in(one, "from");
    permission.until = text_in(one, "until");
    permission.evidence = text_in(one, "evidence");
    known.permissions.push_back(std::move(permission));
  });
  each(json, "received", [&](const Json& one) {
    known.received.push_back({fingerprint_in(text_in(one, "correspondent")),
                              fingerprint_in(text_in(one, "value")),
                              text_in(one, "day")});
  });
  each(json, "exclusions", [&](const Json& one) {
    known.exclusions.push_back({text_in(one, "id"), text_in(one, "entity"),
                                fingerprint_in(text_in(one, "value")),
                                text_in(one, "sender"),
                                text_in(one, "recipient_domain")});
  });
  return known;
}

}  // namespace

std::string facts_text(const Incident& incident) {
  const model::ScanReport& report = incident.report;
  Json entities = Json::object();
  for (const auto& [id, info] : report.entities) {
    entities[id] = {{"title", info.title},
                    {"categories", info.categories},
                    {"umbrellas", info.umbrellas}};
  }
  Json groups = Json::array();
  for (const model::Finding& one : report.findings) {
    groups.push_back(hex_of(one.group_fingerprint));
  }
  Json json = {{"participants", hex_list(report.participants)},
               {"authors", hex_list(report.authors)},
               {"groups", std::move(groups)},
               {"entities", std::move(entities)},
               {"attachments", report.attachments},
               {"header_tests", report.header_tests},
               {"severity", incident.verdict.severity},
               {"dry_run", incident.verdict.dry_run},
               {"known", known_json(incident.known)}};
  return to_line(json);
}

Result<void> read_facts(std::string_view text, Incident& incident) {
  if (text.empty()) return {};
  const auto json = parse_json(text);
  if (!json || !json->is_object()) {
    return fail(ErrorCode::kCorrupt,
                "the facts of case " + incident.case_number + " do not read");
  }
  model::ScanReport& report = incident.report;
  report.participants = fingerprints_in(*json, "participants");
  report.authors = fingerprints_in(*json, "authors");
  const auto groups = fingerprints_in(*json, "groups");
  for (std::size_t i = 0; i < groups.size() && i < report.findings.size(); ++i) {
    report.findings[i].group_fingerprint = groups[i];
  }
  if (const auto entities = json->find("entities");
      entities != json->end() && entities->is_object()) {
    for (const auto& [id, info] : entities->items()) {
      report.entities[id] = {text_in(info, "title"), texts_in(info, "categories"),
                             texts_in(info, "umbrellas")};
    }
  }
  report.attachments = texts_in(*json, "attachments");
  report.header_tests = texts_in(*json, "header_tests");
  incident.verdict.severity = text_in(*json, "severity");
  incident.verdict.dry_run = texts_in(*json, "dry_run");
  if (const auto known = json->find("known"); known != json->end()) {
    incident.known = known_from(*known);
  }
  return {};
}

}  // namespace noshare::store
