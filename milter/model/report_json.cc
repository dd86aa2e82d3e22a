#include "noshare/model/report_json.h"

#include <algorithm>

#include "noshare/base/clock.h"

namespace noshare::model {

namespace {

// The recipients against whom a finding counts.
Json disclosed_to(const Verdict& verdict, std::uint32_t finding) {
  Json recipients = Json::array();
  for (const RecipientVerdict& one : verdict.recipients) {
    const auto& indices = one.disclosed;
    if (std::find(indices.begin(), indices.end(), finding) != indices.end()) {
      recipients.push_back(one.recipient);
    }
  }
  return recipients;
}

Json findings_json(const ScanReport& report, const Verdict* verdict) {
  Json findings = Json::array();
  for (std::uint32_t i = 0; i < report.findings.size(); ++i) {
    Json one = to_json(report.findings[i]);
    add_umbrellas(report, report.findings[i], one);
    Json why = std::move(one["why"]);
    one.erase("why");
    one["disclosed_to"] = verdict == nullptr ? Json::array() : disclosed_to(*verdict, i);
    one["why"] = std::move(why);
    findings.push_back(std::move(one));
  }
  return findings;
}

Json unreadable_json(const ScanReport& report) {
  Json list = Json::array();
  for (const Unreadable& one : report.unreadable) list.push_back(to_json(one));
  return list;
}

}  // namespace

void add_umbrellas(const ScanReport& report, const Finding& finding, Json& json) {
  const auto info = report.entities.find(finding.entity);
  if (info == report.entities.end() || info->second.umbrellas.empty()) return;
  json["umbrellas"] = info->second.umbrellas;
}

Json to_json(const Finding& finding) {
  Json json = {
      {"entity", finding.entity},       {"confidence", finding.confidence},
      {"level", name(finding.level())}, {"part", finding.part},
      {"path", finding.path},           {"zone", name(finding.zone)},
      {"start", finding.start},         {"end", finding.end},
      {"masked", finding.masked},       {"fingerprint", finding.fingerprint.hex()}};
  if (finding.group_size > 0) json["group_size"] = finding.group_size;
  if (finding.quoted) json["quoted"] = true;
  if (finding.in_signature) json["in_signature"] = true;
  json["why"] = finding.why;
  return json;
}

Json to_json(const Unreadable& unreadable) {
  Json json = {{"part", unreadable.part},
               {"path", unreadable.path},
               {"reason", name(unreadable.reason)}};
  if (!unreadable.detail.empty()) json["detail"] = unreadable.detail;
  return json;
}

Json to_json(const Verdict& verdict) {
  Json recipients = Json::array();
  for (const RecipientVerdict& one : verdict.recipients) {
    recipients.push_back({{"to", one.recipient},
                          {"party", name(one.party)},
                          {"action", name(one.action)},
                          {"rules", one.rules}});
  }
  Json allowances = Json::array();
  for (const Allowance& one : verdict.allowances) {
    Json json = {{"finding", one.finding}, {"reason", one.reason}};
    if (!one.recipient.empty()) json["to"] = one.recipient;
    allowances.push_back(std::move(json));
  }
  Json json = {{"action", name(verdict.action)}, {"rule", verdict.rule}};
  json["reply"] = verdict.reply;
  json["direction"] = name(verdict.direction);
  if (verdict.monitor) json["monitor"] = true;
  json["recipients"] = std::move(recipients);
  json["not_counted"] = std::move(allowances);
  json["why"] = verdict.why;
  return json;
}

Json scan_report_json(const std::string& file, const ScanReport& report,
                      const Verdict* verdict) {
  Json json = {{"file", file}, {"bytes", report.bytes}, {"encrypted", report.encrypted}};
  json["verdict"] = verdict == nullptr ? Json(nullptr) : to_json(*verdict);
  json["findings"] = findings_json(report, verdict);
  if (report.findings_dropped > 0) json["findings_dropped"] = report.findings_dropped;
  json["unreadable"] = unreadable_json(report);
  json["ms"] = report.ms;
  return json;
}

Json to_json(const Incident& incident) {
  const Envelope& envelope = incident.envelope;
  Json json = {{"case", incident.case_number},
               {"time", rfc3339_utc(incident.time_us)},
               {"seen", incident.seen},
               {"action", name(incident.verdict.action)},
               {"carried_out", name(incident.carried_out)},
               {"rule", incident.verdict.rule},
               {"message_id", incident.report.message_id},
               {"message_fingerprint", incident.report.message_fingerprint.hex()},
               {"queue_id", envelope.queue_id}};
  json["envelope"] = {{"sender", envelope.sender},
                      {"recipients", envelope.recipients},
                      {"client_address", envelope.client_address},
                      {"authenticated_user", envelope.authenticated_user}};
  json["policy_version"] = incident.policy_version;
  json["pack_version"] = incident.pack_version;
  json["snapshot"] = incident.report.snapshot;
  json["verdict"] = to_json(incident.verdict);
  json["findings"] = findings_json(incident.report, &incident.verdict);
  json["unreadable"] = unreadable_json(incident.report);
  return json;
}

}  // namespace noshare::model
