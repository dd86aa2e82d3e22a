// Reads style attributes. See html_style.h.
#include "extract/html_style.h"

#include <string>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

std::string squeezed(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (!is_ascii_space(c)) result += ascii_lower(c);
  }
  const std::size_t important = result.find("!important");
  if (important != std::string::npos) result.resize(important);
  return result;
}

// "0", "0px", "0.0em": a size at which nothing is seen.
bool is_zero(std::string_view size) {
  if (size.empty() || (!is_ascii_digit(size[0]) && size[0] != '.')) return false;
  for (char c : size) {
    if (c != '0' && c != '.') return !is_ascii_digit(c);
  }
  return true;
}

}  // namespace

bool is_white(std::string_view colour) {
  const std::string value = squeezed(colour);
  return value == "white" || value == "#fff" || value == "#ffffff" || value == "ffffff" ||
         value == "rgb(255,255,255)" || value == "rgba(255,255,255,1)" ||
         value == "transparent";
}

StyleEffect style_effect(std::string_view style) {
  StyleEffect effect;
  for (std::string_view declaration : split(style, ';')) {
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = squeezed(declaration.substr(0, colon));
    const std::string value = squeezed(declaration.substr(colon + 1));
    if (name == "display") {
      effect.hides |= value == "none";
    } else if (name == "visibility") {
      effect.hides |= value == "hidden" || value == "collapse";
    } else if (name == "mso-hide") {
      effect.hides |= value == "all";
    } else if (name == "font-size" || name == "opacity" || name == "max-height" ||
               name == "max-width") {
      effect.hides |= is_zero(value);
    } else if (name == "color") {
      effect.white |= is_white(value);
    } else if (name == "background" || name == "background-color" ||
               name == "background-image") {
      effect.background |= !value.empty() && value != "none" && !is_white(value);
    }
  }
  return effect;
}

}  // namespace noshare::extract
