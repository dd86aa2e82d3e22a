// Any XML as text: data with the names of their elements, drawings with their labels.
//
// In:  events of xml.h     Out: what is shown, and what attributes say
// An element without others in it becomes a line "name: text", so that the name stands
// near the value; elements inside running text join. Attributes become such lines, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/documents/xml.h"

namespace noshare::extract {

class XmlText final : public XmlReader {
 public:
  // `drawing`: SVG, whose names and most attributes say nothing of the text.
  explicit XmlText(bool drawing) : drawing_(drawing) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  void comment(std::string_view text) override;

  std::string take_text() { return std::move(text_); }
  std::string take_attributes() { return std::move(attributes_); }
  std::string take_comments() { return std::move(comments_); }

 private:
  void break_line();

  bool drawing_;
  std::string text_;
  std::string attributes_;
  std::string comments_;
  std::vector<bool> inline_;  // of each open element: it stands inside running text
  std::string label_;         // of the element that was opened last
};

}  // namespace noshare::extract
