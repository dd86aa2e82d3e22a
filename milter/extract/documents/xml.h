// XML of documents, streamed: elements and text in the order of the file.
//
// In:  bytes of an XML file, hostile     Out: events; false if it is broken or the time
// is up What came before the fault was reported. Names come without their prefix:
// documents choose prefixes freely, and no two vocabularies here share a name with two
// meanings. Entities that a document declares for itself are never expanded: such a file
// is broken.
#pragma once

#include <string>
#include <string_view>

#include "extract/collector.h"

namespace noshare::extract {

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

class XmlReader {
 public:
  virtual ~XmlReader() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;  // a piece; more may follow
  virtual void comment(std::string_view) {}
};

bool read_xml(std::string_view bytes, XmlReader& reader, Collector& out);

// The local name of the first element, if it stands near the beginning; "" if this is no
// XML.
std::string xml_root(std::string_view bytes);

}  // namespace noshare::extract
