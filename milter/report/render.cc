// A report as one HTML file to read and print, and as CSV.
#include "noshare/report/report.h"

namespace noshare::report {

namespace {

constexpr const char* kStyle =
    "body{font:11pt/1.45 system-ui,sans-serif;color:#1b212c;max-width:60rem;margin:2rem "
    "auto;padding:0 1rem}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}"
    "table{border-collapse:collapse;width:100%;font-size:.92em}th,td{text-align:left;"
    "padding:.3rem .5rem;border-bottom:1px solid #d5d9e0;vertical-align:top;"
    "overflow-wrap:anywhere}th{color:#576072}dl{display:grid;grid-template-columns:"
    "max-content 1fr;gap:.2rem 1.2rem}dt{color:#576072}dd{margin:0}"
    "@media print{body{margin:0;max-width:none}thead{display:table-header-group}"
    "tr{break-inside:avoid}h2{break-after:avoid}@page{margin:18mm}}";

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string row(const char* tag, const std::vector<std::string>& cells) {
  std::string html = "<tr>";
  for (const std::string& one : cells) {
    html += std::string("<") + tag + ">" + escaped(one) + "</" + tag + ">";
  }
  return html + "</tr>\n";
}

// A spreadsheet takes a cell that begins so for a formula.
bool looks_like_formula(const std::string& cell) {
  return !cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos;
}

std::string csv_cell(const std::string& cell) {
  const std::string text = looks_like_formula(cell) ? "'" + cell : cell;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  }
  return line + "\r\n";
}

}  // namespace

std::string to_html(const Report& report) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<title>" +
      escaped(report.title) + "</title><style>" + kStyle + "</style></head><body>\n<h1>" +
      escaped(report.title) + "</h1>\n<dl>\n";
  for (const auto& [fact, value] : report.facts) {
    html += "<dt>" + escaped(fact) + "</dt><dd>" + escaped(value) + "</dd>\n";
  }
  html += "</dl>\n";
  for (const std::string& one : report.words) html += "<p>" + escaped(one) + "</p>\n";
  for (const Table& table : report.tables) {
    html += "<h2>" + escaped(table.title) + "</h2>\n";
    if (table.rows.empty()) {
      html += "<p>None.</p>\n";
      continue;
    }
    html += "<table><thead>" + row("th", table.columns) + "</thead><tbody>\n";
    for (const auto& cells : table.rows) html += row("td", cells);
    html += "</tbody></table>\n";
  }
  return html + "</body></html>\n";
}

std::string to_csv(const Report& report) {
  std::string csv = csv_line({report.title});
  for (const auto& [fact, value] : report.facts) csv += csv_line({fact, value});
  for (const Table& table : report.tables) {
    csv += "\r\n" + csv_line({table.title}) + csv_line(table.columns);
    for (const auto& cells : table.rows) csv += csv_line(cells);
  }
  return csv;
}

}  // namespace noshare::report
