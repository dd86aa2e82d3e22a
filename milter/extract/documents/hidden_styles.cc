// See hidden_styles.h.
#include "extract/documents/hidden_styles.h"

#include <charconv>

#include "noshare/base/text.h"

#include "extract/html_style.h"

namespace noshare::extract {
namespace {

bool is_off(std::string_view value) {
  return value == "0" || value == "false" || value == "none" || value == "off";
}

// "FEFEFE", as of paper.
bool is_nearly_white(std::string_view colour) {
  return colour.size() == 6 && ascii_upper(colour[0]) == 'F' &&
         ascii_upper(colour[2]) == 'F' && ascii_upper(colour[4]) == 'F';
}

// Half points: text that nobody can read.
bool is_tiny(std::string_view half_points) {
  unsigned size = 100;
  std::from_chars(half_points.data(), half_points.data() + half_points.size(), size);
  return size <= 4;
}

}  // namespace

std::optional<bool> hidden_by_property(std::string_view name,
                                       const XmlAttributes& attributes) {
  const std::string_view value = attributes.get("val");
  if (name == "vanish" || name == "specVanish") return !is_off(value);
  if ((name == "color" || name == "srgbClr") && is_nearly_white(value)) return true;
  if (name == "color" && attributes.get("themeColor") == "background1") return true;
  if (name == "schemeClr" && value == "bg1") return true;
  if (name == "w" && is_tiny(value)) return true;  // percent of a sign's width
  if (name == "sz" && is_tiny(value)) return true;
  return std::nullopt;
}

void HiddenStyles::start(std::string_view name, const XmlAttributes& attributes) {
  constexpr std::size_t kMostStyles = 10'000;
  if (name == "style") {
    const std::string_view word = attributes.get("styleId");
    const std::string_view id = word.empty() ? attributes.get("name") : word;
    open_ = styles_.size() < kMostStyles ? &styles_[std::string(id)] : nullptr;
    if (open_ != nullptr) *open_ = {};
    if (open_ != nullptr) open_->base = attributes.get("parent-style-name");
  }
  if (open_ == nullptr) return;
  if (name == "basedOn") open_->base = attributes.get("val");
  if (const auto hidden = hidden_by_property(name, attributes)) {
    open_->hides |= *hidden;
    open_->shows |= !*hidden;
  }
  if (name != "text-properties") return;
  const std::string_view size = attributes.get("font-size");
  open_->hides |= attributes.get("display") == "none" ||
                  is_white(attributes.get("color")) ||
                  (size.ends_with("pt") && size.size() <= 4 && size < "2.5pt");
}

void HiddenStyles::end(std::string_view name) {
  if (name == "style") open_ = nullptr;
}

bool HiddenStyles::hides(std::string_view style) const {
  constexpr int kMostSteps = 16;
  for (int i = 0; i < kMostSteps; ++i) {
    const auto known = styles_.find(style);
    if (known == styles_.end()) return false;
    if (known->second.hides) return true;
    if (known->second.shows) return false;
    style = known->second.base;
  }
  return false;
}

}  // namespace noshare::extract
