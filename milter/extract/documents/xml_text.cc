// See xml_text.h.
#include "extract/documents/xml_text.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

// Attributes of drawings that hold words or addresses, not shapes.
bool holds_words(std::string_view name) {
  constexpr std::array kNames = {"href"sv,       "title"sv,          "alt"sv,
                                 "aria-label"sv, "inkscape:label"sv, "desc"sv};
  const std::size_t colon = name.rfind(':');
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::find(kNames.begin(), kNames.end(),
                   colon == name.npos ? name : name.substr(colon + 1)) != kNames.end();
}

bool is_span(std::string_view name) { return name == "tspan" || name == "textPath"; }

}  // namespace

void XmlText::break_line() {
  while (text_.ends_with(' ')) text_.pop_back();
  if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
}

void XmlText::start(std::string_view name, const XmlAttributes& attributes) {
  const bool in_running_text = !text_.empty() && !text_.ends_with('\n') && label_.empty();
  const bool joins = in_running_text || (drawing_ && is_span(name));
  inline_.push_back(joins);
  if (!joins) {
    break_line();
    label_ = drawing_ ? "" : std::string(name);
  } else if (drawing_ &&
             (!attributes.get("x").empty() || !attributes.get("dy").empty()) &&
             in_running_text) {
    text_ += ' ';  // a place of its own
  }
  attributes.each([&](std::string_view attribute, std::string_view value) {
    const bool wanted =
        drawing_ ? holds_words(attribute) : !attribute.starts_with("xmlns");
    if (!wanted || trimmed(value).empty()) return;
    attributes_.append(attribute).append(": ").append(value).append("\n");
  });
}

void XmlText::end(std::string_view) {
  const bool joins = !inline_.empty() && inline_.back();
  if (!inline_.empty()) inline_.pop_back();
  label_.clear();
  if (!joins) break_line();
}

void XmlText::text(std::string_view text) {
  const bool at_begin = text_.empty() || text_.ends_with('\n');
  if (at_begin) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    if (text.empty()) return;
    if (!label_.empty()) text_.append(label_).append(": ");
  }
  label_.clear();
  text_.append(text);
}

void XmlText::comment(std::string_view text) { comments_.append(text).append("\n"); }

}  // namespace noshare::extract
