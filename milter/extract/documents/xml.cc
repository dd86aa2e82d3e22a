// The parser is expat. See xml.h.
#include "extract/documents/xml.h"

#include <algorithm>
#include <memory>
#include <type_traits>

#include <expat.h>

#include "noshare/base/text.h"

#include "extract/charset.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kStep = 256 << 10;  // the deadline is looked at so often

std::string_view local(std::string_view whole) {
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

struct Parser {
  XML_Parser handle;
  XmlReader* reader;
  std::string_view bytes;  // of the whole file, where places are asked for
};

// The reader, told where the event stands.
XmlReader& reader_at_event(void* data) {
  const Parser& parser = *static_cast<Parser*>(data);
  if (!parser.bytes.empty()) {
    const XML_Index at = XML_GetCurrentByteIndex(parser.handle);
    const int size = XML_GetCurrentByteCount(parser.handle);
    const std::size_t begin = std::min(
        static_cast<std::size_t>(std::max<XML_Index>(at, 0)), parser.bytes.size());
    parser.reader->place = {
        begin, parser.bytes.substr(begin, static_cast<std::size_t>(std::max(size, 0))),
        false};
  }
  return *parser.reader;
}

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  reader_at_event(data).start(local(name), XmlAttributes(attributes));
}

void on_end(void* data, const XML_Char* name) { reader_at_event(data).end(local(name)); }

void on_text(void* data, const XML_Char* text, int length) {
  const std::string_view told(text, static_cast<std::size_t>(length));
  XmlReader& reader = reader_at_event(data);
  reader.place.verbatim = reader.place.raw == told;
  reader.text(told);
}

void on_comment(void* data, const XML_Char* text) {
  static_cast<Parser*>(data)->reader->comment(text);
}

void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
               const XML_Char*, const XML_Char*, const XML_Char*) {
  XML_StopParser(static_cast<Parser*>(data)->handle, XML_FALSE);
}

// The charset that the XML declaration names, or "".
std::string declared_charset(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 200);
  const std::size_t end = head.find("?>");
  const std::size_t at = head.find("encoding");
  if (!head.starts_with("<?xml") || end == head.npos || at >= end) return "";
  const std::size_t open = head.find_first_of("\"'", at);
  if (open >= end) return "";
  const std::size_t close = head.find(head[open], open + 1);
  return close >= end ? "" : ascii_lowered(head.substr(open + 1, close - open - 1));
}

// Expat knows four charsets, ICU the others, and how to tell what is labelled wrongly.
bool is_known_to_expat(std::string_view bytes) {
  if (has_byte_order_mark(bytes) || !wide_charset(bytes).empty()) {
    return bytes.starts_with("\xEF\xBB\xBF");
  }
  const std::string charset = declared_charset(bytes);
  return (charset.empty() || charset == "utf-8" || charset == "us-ascii") &&
         is_valid_utf8(bytes);
}

}  // namespace

std::string xml_root(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  std::string_view head = bytes.substr(0, kLooked);
  std::string decoded;
  if (has_byte_order_mark(head) || !wide_charset(head).empty()) {
    decoded = decode_charset(head, "", false).text.text;
    head = decoded;
  }
  if (!trimmed(head).starts_with('<')) return "";
  for (std::size_t at = head.find('<'); at != head.npos; at = head.find('<', at + 1)) {
    const std::string_view rest = head.substr(at + 1);
    if (rest.starts_with("!--")) {
      at = head.find("-->", at);
      if (at == head.npos) return "";
    } else if (!rest.empty() && (is_ascii_alpha(rest[0]) || rest[0] == '_')) {
      return std::string(local(rest.substr(0, rest.find_first_of(" \t\r\n/>"))));
    } else if (!rest.starts_with('?') && !rest.starts_with('!')) {
      return "";
    }
  }
  return "";
}

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return "";
}

namespace {

// `in_time` tells whether to go on.
template <class InTime>
bool parse(std::string_view bytes, XmlReader& reader, bool places, InTime in_time) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>
      parser(XML_ParserCreate("UTF-8"), &XML_ParserFree);
  if (parser == nullptr) return false;
  Parser state{parser.get(), &reader, places ? bytes : std::string_view()};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetCommentHandler(parser.get(), on_comment);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  for (std::size_t at = 0; at < bytes.size() && in_time(); at += kStep) {
    const std::string_view step = bytes.substr(at, kStep);
    const bool last = at + step.size() == bytes.size();
    if (XML_Parse(parser.get(), step.data(), static_cast<int>(step.size()),
                  last ? 1 : 0) != XML_STATUS_OK) {
      return false;
    }
    if (last) return true;
  }
  return false;
}

}  // namespace

bool read_xml(std::string_view bytes, XmlReader& reader, Collector& out, bool places) {
  std::string decoded;
  if (!is_known_to_expat(bytes)) {
    decoded = decode_charset(bytes, declared_charset(bytes), false).text.text;
    bytes = decoded;
    places = false;
  }
  return parse(bytes, reader, places, [&] { return out.time_left(); });
}

bool read_xml_with_places(std::string_view bytes, XmlReader& reader, Deadline deadline) {
  return is_known_to_expat(bytes) &&
         parse(bytes, reader, true, [&] { return !deadline.expired(); });
}

std::optional<std::size_t> attribute_place(std::string_view tag, std::string_view name,
                                           std::string_view value) {
  for (std::size_t at = tag.find_first_of(" \t\r\n"); at < tag.size();) {
    at = tag.find_first_not_of(" \t\r\n", at);
    if (at == tag.npos) break;
    const std::size_t end = tag.find_first_of(" \t\r\n=", at);
    const std::size_t open = tag.find_first_of("\"'", at);
    if (end == tag.npos || open == tag.npos) break;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == tag.npos) break;
    if (tag.substr(at, end - at) == name) {
      const bool as_it_is = tag.substr(open + 1, close - open - 1) == value;
      return as_it_is ? std::optional(open + 1) : std::nullopt;
    }
    at = close + 1;
  }
  return std::nullopt;
}

}  // namespace noshare::extract
