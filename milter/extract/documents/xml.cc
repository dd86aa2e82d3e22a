// The parser is expat. See xml.h.
#include "extract/documents/xml.h"

#include <algorithm>
#include <memory>
#include <type_traits>

#include <expat.h>

namespace noshare::extract {
namespace {

constexpr std::size_t kStep = 256 << 10;  // the deadline is looked at so often

std::string_view local(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

struct Parser {
  XML_Parser handle;
  XmlReader* reader;
};

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  static_cast<Parser*>(data)->reader->start(local(name), XmlAttributes(attributes));
}

void on_end(void* data, const XML_Char* name) {
  static_cast<Parser*>(data)->reader->end(local(name));
}

void on_text(void* data, const XML_Char* text, int length) {
  static_cast<Parser*>(data)->reader->text({text, static_cast<std::size_t>(length)});
}

void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
               const XML_Char*, const XML_Char*, const XML_Char*) {
  XML_StopParser(static_cast<Parser*>(data)->handle, XML_FALSE);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return "";
}

bool read_xml(std::string_view bytes, XmlReader& reader, Collector& out) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>
      parser(XML_ParserCreate(nullptr), &XML_ParserFree);
  if (parser == nullptr) return false;
  Parser state{parser.get(), &reader};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  for (std::size_t at = 0; at < bytes.size() && out.time_left(); at += kStep) {
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

}  // namespace noshare::extract
