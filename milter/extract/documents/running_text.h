// Running text out of a document's XML: paragraphs, cells and breaks as characters.
//
// In:  events of xml.h     Out: one text; what stands split over runs is joined
#pragma once

#include <string>
#include <string_view>

#include "extract/documents/xml.h"

namespace noshare::extract {

// Which elements hold text.
enum class Vocabulary {
  kOoxml,         // <t>, <delText>, <instrText> (ECMA-376 part 1, sections 17, 20, 18)
  kOpenDocument,  // what stands in <p> and <h> (ISO/IEC 26300-1, section 5)
  kAny,           // every text, each element on a line: properties
};

class RunningText final : public XmlReader {
 public:
  explicit RunningText(Vocabulary vocabulary) : vocabulary_(vocabulary) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

  std::string take() { return std::move(text_); }

 private:
  void separate(char separator);

  Vocabulary vocabulary_;
  std::string text_;
  bool names_program_ = false;  // a property: dots of its version are written as "_"
  unsigned inside_ = 0;         // elements around that hold text
};

}  // namespace noshare::extract
