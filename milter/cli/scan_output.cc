#include "scan_output.h"

#include <algorithm>
#include <numeric>

#include "noshare/model/report_json.h"

namespace noshare::cli {

namespace {

// Indices of the findings in order of place: one text has one order for its reader.
std::vector<std::size_t> by_place(const model::ScanReport& report) {
  std::vector<std::size_t> indices(report.findings.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
    const model::Finding& x = report.findings[a];
    const model::Finding& y = report.findings[b];
    return std::tie(x.start, x.end) < std::tie(y.start, y.end);
  });
  return indices;
}

// A value from mail may hold anything; a terminal gets printable characters only.
std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return result;
}

std::string verdict_text(const model::Verdict& verdict) {
  std::string text = "  would be: " + std::string(name(verdict.action));
  if (!verdict.rule.empty()) text += " (rule " + verdict.rule + ")";
  if (verdict.monitor) text += ", but the mode is monitor";
  text += "\n";
  if (!verdict.reply.empty()) text += "  answer: " + verdict.reply + "\n";
  for (const model::RecipientVerdict& one : verdict.recipients) {
    text += "  to " + printable(one.recipient) + " (" + name(one.party) +
            " party): " + name(one.action) + "\n";
  }
  for (const std::string& reason : verdict.why)
    text += "  because " + printable(reason) + "\n";
  return text;
}

}  // namespace

std::string json_line(const std::string& file, const scan::Scanned& scanned,
                      const model::Verdict* verdict, bool reveal) {
  Json json = model::scan_report_json(file, scanned.report, verdict);
  if (reveal) {
    for (std::size_t i = 0; i < scanned.values.size(); ++i) {
      json["findings"][i]["value"] = scanned.values[i].reveal();
    }
  }
  return to_line(json);
}

std::string readable(const std::string& file, const scan::Scanned& scanned,
                     const model::Verdict* verdict, bool reveal) {
  const model::ScanReport& report = scanned.report;
  std::string text = file + ": " + std::to_string(report.findings.size()) + " found, " +
                     std::to_string(report.unreadable.size()) + " unreadable\n";
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const model::Finding& one = report.findings[i];
    text +=
        "  " + one.entity + " " + std::to_string(one.confidence) + " " +
        name(one.level()) + "  " +
        printable(reveal ? scanned.values[i].reveal() : std::string_view(one.masked)) +
        "  in " + printable(one.path) + " (" + name(one.zone) + ", characters " +
        std::to_string(one.start) + "-" + std::to_string(one.end) + ")\n";
    for (const std::string& reason : one.why) text += "      " + printable(reason) + "\n";
  }
  if (report.findings_dropped > 0) {
    text += "  and " + std::to_string(report.findings_dropped) + " more\n";
  }
  for (const model::Unreadable& one : report.unreadable) {
    text += "  unreadable: " + printable(one.path) + " (" + name(one.reason) +
            (one.detail.empty() ? "" : ", " + printable(one.detail)) + ")\n";
  }
  if (verdict != nullptr) text += verdict_text(*verdict);
  return text;
}

Json batch_findings(const scan::Scanned& scanned, bool reveal) {
  Json findings = Json::array();
  for (const std::size_t i : by_place(scanned.report)) {
    const model::Finding& one = scanned.report.findings[i];
    Json json = {{"entity", one.entity},
                 {"confidence", one.confidence},
                 {"level", name(one.level())},
                 {"start", one.start},
                 {"end", one.end},
                 {"masked", one.masked}};
    model::add_umbrellas(scanned.report, one, json);
    if (reveal) json["value"] = scanned.values[i].reveal();
    findings.push_back(std::move(json));
  }
  return findings;
}

}  // namespace noshare::cli
