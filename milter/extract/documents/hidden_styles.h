// Styles of a document that hide the text they are given to.
//
// In:  styles.xml of Word (ECMA-376 part 1, section 17.7), styles of OpenDocument
// (ISO/IEC 26300-1, section 16)     Out: whether a style hides: no display, white or tiny
// A style says it itself, or one that it is based on, whichever comes first in the file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "extract/documents/xml.h"

namespace noshare::extract {

class HiddenStyles final : public XmlReader {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view) override {}

  bool hides(std::string_view style) const;

 private:
  struct Style {
    bool hides = false;
    bool shows = false;  // says so itself, whatever it is based on
    std::string base;
  };
  std::map<std::string, Style, std::less<>> styles_;
  Style* open_ = nullptr;
};

// What properties of a run of Word say: true if they hide, false if they show.
std::optional<bool> hidden_by_property(std::string_view name,
                                       const XmlAttributes& attributes);

}  // namespace noshare::extract
