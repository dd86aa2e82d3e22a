// Which text is what, and how each is undone. See structured_text.h.
#include "extract/documents/structured_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/documents/running_text.h"
#include "extract/documents/sheet_text.h"
#include "extract/documents/xml_text.h"
#include "extract/header_block.h"
#include "extract/html_text.h"
#include "extract/message_reader.h"
#include "extract/text_part.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

void add(std::string text, const std::string& path, Zone zone, const FilePlace& place,
         Collector& out) {
  TextFacts facts;
  facts.charset = "utf-8";
  facts.zone = zone;
  read_text(text, facts, place.part, path, out);
}

void add_running(RunningText& running, const FilePlace& place, Collector& out) {
  std::string shown = running.take_shown().text;
  add(running.take().text, place.path, Zone::kDocument, place, out);
  add(std::move(shown), place.path + std::string(kAsShown), Zone::kDocument, place, out);
}

// OpenDocument in one file (ISO/IEC 26300-1, section 3.1.2).
bool read_flat_document(std::string_view bytes, const FilePlace& place, Collector& out) {
  RunningText running(Vocabulary::kOpenDocument);
  OpenDocumentTables tables(false);
  if (!read_xml(bytes, running, out) || !read_xml(bytes, tables, out)) return false;
  for (OpenDocumentTables::Table& table : tables.tables()) {
    out.add_text(place.part, place.inside(table.name).path, Zone::kCell,
                 table.text.finish(0));
  }
  add_running(running, place, out);
  return true;
}

// A part of an office document by itself, or a whole one in one file: Word
// and Excel 2003, flat; pages of XPS.
bool is_office_xml(std::string_view bytes, const std::string& root) {
  const std::string_view head = bytes.substr(0, 4096);
  return root == "wordDocument" || root == "package" || root == "FixedPage" ||
         head.find("urn:schemas-microsoft-com:office:spreadsheet") != head.npos ||
         head.find("schemas.openxmlformats.org/") != head.npos ||
         head.find("purl.oclc.org/ooxml/") != head.npos;
}

bool read_any_xml(std::string_view bytes, const std::string& root, const FilePlace& place,
                  Collector& out) {
  XmlText text(root == "svg");
  if (!read_xml(bytes, text, out)) return false;
  // A drawing as it is shown, in the order in which it is.
  if (root == "svg") {
    add(html_to_text(bytes, false).shown.text, place.path + std::string(kAsShown),
        Zone::kDocument, place, out);
  }
  add(text.take_text(), place.path, Zone::kDocument, place, out);
  add(text.take_comments(), place.path + " (comments)", Zone::kDocument, place, out);
  add(text.take_attributes(), place.path + " (attributes)", Zone::kAttribute, place, out);
  return true;
}

// XHTML is read as a browser reads it.
bool read_as_xml(std::string_view bytes, const FilePlace& place, Collector& out) {
  const std::string root = xml_root(bytes);
  if (root.empty()) return false;
  if (equal_ignoring_case(root, "html")) {
    TextFacts facts;
    facts.html = true;
    read_text(bytes, facts, place.part, place.path, out);
    return true;
  }
  if (is_office_xml(bytes, root)) {
    RunningText running(Vocabulary::kOoxml);
    if (!read_xml(bytes, running, out)) return false;
    add_running(running, place, out);
  }
  const bool office = bytes.find("opendocument:xmlns:office") != bytes.npos &&
                      root.starts_with("document");
  return office ? read_flat_document(bytes, place, out)
                : read_any_xml(bytes, root, place, out);
}

// vCard and iCalendar: lines that begin with white space go on where the last one ended
// (RFC 6350 section 3.2, RFC 5545 section 3.1).
std::string unfolded(std::string_view text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    const Line line = line_at(text, at);
    const bool goes_on = line.text.starts_with(' ') || line.text.starts_with('\t');
    if (goes_on && !lines.empty()) lines.pop_back();
    lines.append(goes_on ? line.text.substr(1) : line.text).append("\n");
    at = line.next;
  }
  return lines;
}

// vCard 2.1: a value in quoted-printable, which goes on behind a "=" at a line's end.
std::string without_quoting(std::string_view lines) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    Line line = line_at(lines, at);
    const std::size_t colon = line.text.find(':');
    const bool quoted =
        colon != line.text.npos &&
        ascii_lowered(line.text.substr(0, colon)).find("quoted-printable") !=
            std::string::npos;
    std::string whole(line.text);
    while (quoted && whole.ends_with('=') && line.next < lines.size()) {
      whole.pop_back();
      line = line_at(lines, line.next);
      whole.append(trimmed(line.text));
    }
    text.append(quoted ? whole.substr(0, colon + 1) +
                             decode_quoted_printable(whole.substr(colon + 1)).bytes
                       : whole);
    text += '\n';
    at = line.next;
  }
  return text;
}

// The escapes of values: "\n", "\,", "\;", "\\".
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char next = text[++i];
    if (next == 'n' || next == 'N') {
      plain += '\n';
    } else {
      if (is_ascii_alnum(next)) plain += '\\';
      plain += next;
    }
  }
  return plain;
}

bool read_card_or_calendar(std::string_view bytes, const FilePlace& place,
                           Collector& out) {
  const std::string head = ascii_lowered(trimmed(bytes.substr(0, 64)));
  constexpr std::array<std::string_view, 3> kBegins = {"begin:vcard", "begin:vcalendar",
                                                       "begin:vnote"};
  if (std::none_of(kBegins.begin(), kBegins.end(),
                   [&](std::string_view begin) { return head.starts_with(begin); })) {
    return false;
  }
  const std::string text = without_escapes(without_quoting(unfolded(bytes)));
  TextFacts facts;
  facts.zone = Zone::kDocument;
  read_text(text, facts, place.part, place.path, out);
  return true;
}

// A mail box (RFC 4155): messages, each behind a line "From sender date".
bool begins_message(std::string_view bytes, std::size_t at) {
  if (!bytes.substr(at).starts_with("From ")) return false;
  const std::string_view field = line_at(bytes, line_at(bytes, at).next).text;
  const std::string_view name = field.substr(0, field.find(':'));
  return name.size() < field.size() && !name.empty() &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_alnum(c) || c == '-'; });
}

// Where the next message begins, or the end.
std::size_t next_message(std::string_view bytes, std::size_t at) {
  do {
    at = bytes.find("\nFrom ", at);
    if (at == bytes.npos) return bytes.size();
    ++at;
  } while (!begins_message(bytes, at));
  return at;
}

bool read_mail_box(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (!is_mail_box(bytes)) return false;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < bytes.size() && out.time_left();) {
    const std::size_t end = next_message(bytes, begin);
    const std::string label = "message " + std::to_string(++number);
    const std::string path = place.inside(label).path + std::string(kPathSeparator);
    if (!out.count_part()) break;
    read_message(bytes.substr(begin, end - begin), {place.part, path, place.depth + 1},
                 out);
    begin = end;
  }
  return true;
}

}  // namespace

bool is_mail_box(std::string_view bytes) {
  return begins_message(bytes, 0) && looks_like_message(bytes) &&
         next_message(bytes, 0) < bytes.size();
}

bool read_structured(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (place.depth >= out.limits().depth || !out.time_left()) return false;
  if (looks_like_html(bytes)) return false;
  if (read_mail_box(bytes, place, out)) return true;
  if (looks_like_message(bytes)) {
    const std::string inside = place.path + std::string(kPathSeparator);
    read_message(bytes, {place.part, inside, place.depth + 1}, out);
    return true;
  }
  if (read_card_or_calendar(bytes, place, out)) return true;
  if (read_as_xml(bytes, place, out)) return true;
  return false;
}

}  // namespace noshare::extract
