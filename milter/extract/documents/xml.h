// XML of documents, streamed: elements and text in the order of the file.
//
// In:  bytes of an XML file, hostile     Out: events; false if it is broken or the time
// is up What came before the fault was reported. Names come without their prefix:
// documents choose prefixes freely, and no two vocabularies here share a name with two
// meanings. Entities that a document declares for itself are never expanded: such a file
// is broken.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "extract/collector.h"

namespace noshare::extract {

// Whether an element or attribute is one of those.
template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // Empty if there is none of that local name.
  std::string_view get(std::string_view name) const;

  // `visit` takes each name, with its prefix, and value.
  template <class Visit>
  void each(Visit visit) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
      visit(std::string_view(pair[0]), std::string_view(pair[1]));
    }
  }

 private:
  const char** pairs_;  // name, value, ..., null
};

// Where the event that is being told stands in the file.
struct XmlPlace {
  std::size_t begin = 0;
  std::string_view raw;   // its bytes: a whole tag, a stretch of text, a reference
  bool verbatim = false;  // of text: it stands there as it is told
};

class XmlReader {
 public:
  virtual ~XmlReader() = default;
  // Set before each event; empty unless read_xml() was asked for places.
  XmlPlace place;
  // What is added to places: where the file begins among others.
  std::size_t base = 0;
  std::size_t origin() const { return base + place.begin; }
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;  // a piece; more may follow
  virtual void comment(std::string_view) {}
};

bool read_xml(std::string_view bytes, XmlReader& reader, Collector& out,
              bool places = false);
// The same with places, and false as well for a file in another charset than UTF-8, which
// has none.
bool read_xml_with_places(std::string_view bytes, XmlReader& reader, Deadline deadline);

// Where the value of an attribute, as it is named in the tag, begins in it; nothing if it
// is written in another form there.
std::optional<std::size_t> attribute_place(std::string_view tag, std::string_view name,
                                           std::string_view value);

// The local name of the first element, if it stands near the beginning; "" if this is no
// XML.
std::string xml_root(std::string_view bytes);

}  // namespace noshare::extract
