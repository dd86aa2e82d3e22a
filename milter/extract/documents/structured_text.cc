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

// OpenDocument in one file (ISO/IEC 26300-1, section 3.1.2).
bool read_flat_document(std::string_view bytes, const FilePlace& place, Collector& out) {
  RunningText running(Vocabulary::kOpenDocument);
  OpenDocumentTables tables;
  if (!read_xml(bytes, running, out) || !read_xml(bytes, tables, out)) return false;
  for (NamedText& table : tables.tables()) {
    out.add_text(place.part, place.inside(table.name).path, Zone::kCell,
                 {std::move(table.text), {}});
  }
  add(running.take(), place.path, Zone::kDocument, place, out);
  return true;
}

bool read_any_xml(std::string_view bytes, const std::string& root, const FilePlace& place,
                  Collector& out) {
  XmlText text(root == "svg");
  if (!read_xml(bytes, text, out)) return false;
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
  if (root == "wordDocument" || root == "package") {  // Word 2003; OOXML in one file
    RunningText running(Vocabulary::kOoxml);
    if (!read_xml(bytes, running, out)) return false;
    add(running.take(), place.path, Zone::kDocument, place, out);
  }
  const bool office = bytes.find("opendocument:xmlns:office") != bytes.npos;
  return root == "document" && office ? read_flat_document(bytes, place, out)
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

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The number of `size` hexadecimal digits at `at`, or -1.
int hex_at(std::string_view text, std::size_t at, std::size_t size) {
  if (at + size > text.size()) return -1;
  int number = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    if (hex_value(text[i]) < 0) return -1;
    number = number * 16 + hex_value(text[i]);
  }
  return number;
}

// Appends what the escape behind a backslash at `at` stands for (RFC 8259 section 7, and
// \x of programming languages); returns how long it is, 0 if it is none.
std::size_t append_escaped(std::string& plain, std::string_view text, std::size_t at) {
  const char kind = at < text.size() ? text[at] : '\0';
  if (kind == 'u' || kind == 'x') {
    const std::size_t digits = kind == 'u' ? 4 : 2;
    const int unit = hex_at(text, at + 1, digits);
    if (unit < 0) return 0;
    const int low = unit >= 0xD800 && unit < 0xDC00 && text.substr(at + 5, 2) == "\\u"
                        ? hex_at(text, at + 7, 4)
                        : -1;
    if (low >= 0xDC00 && low < 0xE000) {
      append_utf8(plain, static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) +
                                               (low - 0xDC00)));
      return 11;
    }
    append_utf8(plain, static_cast<char32_t>(unit));
    return digits + 1;
  }
  if (kind == 'n' || kind == 'r') plain += '\n';
  if (kind == 't') plain += '\t';
  if (kind == '/' || kind == '"' || kind == '\\') plain += kind;
  return kind != '\0' && std::string_view("nrt/\"\\").find(kind) != std::string_view::npos
             ? 1
             : 0;
}

// The lines in which characters are written as numbers, undone.
void read_escaped_lines(std::string_view bytes, const FilePlace& place, Collector& out) {
  const auto has_numbers = [](std::string_view text) {
    return text.find("\\u") != text.npos || text.find("\\x") != text.npos;
  };
  if (!has_numbers(bytes) || !is_valid_utf8(bytes)) return;
  std::string plain;
  for (std::size_t at = 0; at < bytes.size();) {
    const Line line = line_at(bytes, at);
    at = line.next;
    if (!has_numbers(line.text)) continue;
    for (std::size_t i = 0; i < line.text.size(); ++i) {
      const std::size_t taken =
          line.text[i] == '\\' ? append_escaped(plain, line.text, i + 1) : 0;
      if (taken == 0) plain += line.text[i];
      i += taken;
    }
    plain += '\n';
  }
  out.add_text(place.part, place.path + " (escapes)", Zone::kDocument,
               {to_valid_utf8(plain), {}});
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
  read_escaped_lines(bytes, place, out);
  return false;
}

}  // namespace noshare::extract
