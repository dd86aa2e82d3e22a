#include "incident_facts.h"

#include "noshare/base/json.h"

#include "known_json.h"

namespace noshare::store {

using model::Incident;

std::string facts_text(const Incident& incident) {
  const model::ScanReport& report = incident.report;
  Json entities = Json::object();
  for (const auto& [id, info] : report.entities) {
    entities[id] = {{"title", info.title},
                    {"categories", info.categories},
                    {"umbrellas", info.umbrellas}};
  }
  Json groups = Json::array();
  Json sizes = Json::array();  // of groups of people
  bool any_size = false;
  for (const model::Finding& one : report.findings) {
    groups.push_back(hex_of(one.group_fingerprint));
    sizes.push_back(one.group_size);
    any_size = any_size || one.group_size > 0;
  }
  Json json = {{"participants", hex_list(report.participants)},
               {"authors", hex_list(report.authors)},
               {"groups", std::move(groups)},
               {"entities", std::move(entities)},
               {"attachments", report.attachments},
               {"tags", report.tags},
               {"header_tests", report.header_tests},
               {"severity", incident.verdict.severity},
               {"dry_run", incident.verdict.dry_run},
               {"known", to_json(incident.known)}};
  if (any_size) json["group_sizes"] = std::move(sizes);
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
  const auto sizes = integers_in(*json, "group_sizes");
  for (std::size_t i = 0; i < sizes.size() && i < report.findings.size(); ++i) {
    report.findings[i].group_size = static_cast<std::uint32_t>(sizes[i]);
  }
  if (const auto entities = json->find("entities");
      entities != json->end() && entities->is_object()) {
    for (const auto& [id, info] : entities->items()) {
      report.entities[id] = {text_in(info, "title"), texts_in(info, "categories"),
                             texts_in(info, "umbrellas")};
    }
  }
  report.attachments = texts_in(*json, "attachments");
  report.tags = texts_in(*json, "tags");
  report.header_tests = texts_in(*json, "header_tests");
  incident.verdict.severity = text_in(*json, "severity");
  incident.verdict.dry_run = texts_in(*json, "dry_run");
  if (const auto known = json->find("known"); known != json->end()) {
    incident.known = known_from(*known);
  }
  return {};
}

}  // namespace noshare::store
