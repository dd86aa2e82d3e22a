// Reads declarations of style. See html_style.h.
#include "extract/html_style.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "noshare/base/text.h"

#include "extract/css_text.h"

namespace noshare::extract {
namespace {

// Without white space, comments and escapes, in lower case.
std::string squeezed(std::string_view text) {
  std::string plain;
  if (text.find('\\') != std::string_view::npos) {
    plain = without_css_escapes(text);
    text = plain;
  }
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "/*") {
      const std::size_t end = text.find("*/", i + 2);
      if (end == std::string_view::npos) break;
      i = end + 1;
    } else if (!is_ascii_space(text[i])) {
      result += ascii_lower(text[i]);
    }
  }
  const std::size_t important = result.find("!important");
  if (important != std::string::npos) result.resize(important);
  return result;
}

// The number that a value begins with; nothing if it is none.
std::optional<double> number_of(std::string_view value) {
  if (value.starts_with('+')) value.remove_prefix(1);
  double number = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// "0", "0px", "0.0em": a size at which nothing is seen.
bool is_zero(std::string_view size) {
  const auto number = number_of(size);
  return number && *number == 0 && !size.starts_with('-');
}

bool is_tiny(std::string_view size) {
  constexpr double kReadable = 2.5;  // pixels or points
  const auto number = number_of(size);
  return number && *number >= 0 && *number < kReadable &&
         (size.ends_with("px") || size.ends_with("pt"));
}

// So far to the left or above that it is off the page.
bool is_far_off(std::string_view offset) {
  constexpr double kPage = -300;
  const auto number = number_of(offset);
  return number && (*number <= kPage || (*number <= -30 && offset.ends_with("em")));
}

// Three or four numbers of a colour, or of its hexadecimal form; nothing if it is named.
std::optional<bool> is_nearly_white(std::string_view value) {
  constexpr int kNearly = 0xF0;
  if (value.starts_with('#')) value.remove_prefix(1);
  if (value.size() == 3 || value.size() == 6) {
    bool white = true;
    for (std::size_t i = 0; i < value.size(); i += value.size() / 3) {
      white = white && ascii_lower(value[i]) == 'f';
    }
    return white;
  }
  if (!value.starts_with("rgb")) return std::nullopt;
  std::size_t at = value.find('(');
  for (int i = 0; i < 3 && at != std::string_view::npos; ++i) {
    const auto part = number_of(value.substr(at + 1));
    if (!part || *part < kNearly) return false;
    at = value.find(',', at + 1);
  }
  return true;
}

bool is_transparent(std::string_view value) {
  if (value == "transparent") return true;
  const std::size_t last = value.rfind(',');
  constexpr double kFaint = 0.1;
  if (!value.starts_with("rgba(") || last == std::string_view::npos) return false;
  const auto alpha = number_of(value.substr(last + 1));
  return alpha && *alpha <= kFaint;
}

void take_colour(std::string_view value, StyleEffect& effect) {
  effect.white = effect.white || is_white(value);
  effect.may_hide =
      effect.may_hide || is_nearly_white(value).value_or(false) || is_transparent(value);
  effect.colour = value;
}

void set_hidden(StyleEffect& effect, StyleEffect::Way way, bool hidden) {
  effect.hidden_by = hidden ? effect.hidden_by | way : effect.hidden_by & ~way;
  effect.shown_by = hidden ? effect.shown_by & ~way : effect.shown_by | way;
}

void take_size(std::string_view name, std::string_view value, StyleEffect& effect) {
  if (name == "font-size") set_hidden(effect, StyleEffect::kSize, is_zero(value));
  if (name == "opacity") set_hidden(effect, StyleEffect::kOpacity, is_zero(value));
  if (name == "max-height" || name == "max-width") {
    set_hidden(effect, StyleEffect::kExtent, is_zero(value));
  }
  constexpr double kFaint = 0.1;
  if (name == "font-size") effect.may_hide |= is_tiny(value);
  if (name == "opacity") effect.may_hide |= number_of(value).value_or(1) <= kFaint;
  if (name == "width" || name == "height") effect.may_hide |= is_zero(value);
  // "0/0 a": the size stands before the slash.
  if (name == "font") {
    for (std::string_view word : {value.substr(0, value.find('/')), value}) {
      effect.may_hide |= is_zero(word) || is_tiny(word.substr(0, word.find("px") + 2));
    }
  }
}

void take_place(std::string_view name, std::string_view value, StyleEffect& effect) {
  if (name == "left" || name == "top" || name == "text-indent" ||
      name.starts_with("margin")) {
    effect.may_hide |= is_far_off(value);
  }
  if (name == "clip" || name == "clip-path") {
    effect.may_hide |= value != "auto" && value != "none";
  }
  if (name == "transform" || name == "scale") {
    effect.may_hide |= value.find("scale(0") != std::string_view::npos ||
                       value.find("translate(-") != std::string_view::npos ||
                       (name == "scale" && is_zero(value));
  }
  if (name == "order" || name == "left" || name == "grid-column" ||
      name == "grid-column-start") {
    if (const auto place = first_number(value)) effect.place = place;
  }
  if (name == "float") effect.floats_right |= value == "right";
}

// The text of "content: 'a' \"b\"".
std::string text_of_content(std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char quote = value[at];
    if (quote != '"' && quote != '\'') continue;
    const std::size_t begin = ++at;
    while (at < value.size() && value[at] != quote) at += value[at] == '\\' ? 2U : 1U;
    at = std::min(at, value.size());
    text += without_css_escapes(value.substr(begin, at - begin));
  }
  return text;
}

void take_content(std::string_view value, StyleEffect& effect) {
  constexpr std::string_view kAttribute = "attr(";
  effect.content = text_of_content(value);
  const std::size_t at = value.find(kAttribute);
  if (at == std::string_view::npos) return;
  const std::string_view name = value.substr(at + kAttribute.size());
  effect.content_of = trimmed(name.substr(0, name.find_first_of(" ,)")));
}

}  // namespace

std::optional<int> first_number(std::string_view value) {
  constexpr double kMost = 1e6;
  const auto number = number_of(trimmed(value));
  if (!number || !(std::abs(*number) < kMost)) return std::nullopt;
  return static_cast<int>(*number);
}

bool is_white(std::string_view colour) {
  const std::string value = squeezed(colour);
  return value == "white" || value == "#fff" || value == "#ffffff" || value == "ffffff" ||
         value == "rgb(255,255,255)" || value == "rgba(255,255,255,1)" ||
         value == "transparent";
}

void StyleEffect::merge(const StyleEffect& other) {
  hidden_by = (hidden_by & ~other.shown_by) | other.hidden_by;
  shown_by = (shown_by & ~other.hidden_by) | other.shown_by;
  white |= other.white;
  background |= other.background;
  may_hide |= other.may_hide;
  right_to_left |= other.right_to_left;
  overrides |= other.overrides;
  floats_right |= other.floats_right;
  reverses_children |= other.reverses_children;
  if (other.place) place = other.place;
  if (!other.colour.empty()) colour = other.colour;
  if (!other.behind.empty()) behind = other.behind;
  if (!other.content.empty()) content = other.content;
  if (!other.content_of.empty()) content_of = other.content_of;
}

StyleEffect style_effect(std::string_view style) {
  StyleEffect effect;
  for (std::string_view declaration : css_list(style, ';')) {
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = squeezed(declaration.substr(0, colon));
    const std::string value = squeezed(declaration.substr(colon + 1));
    if (name == "display") {
      set_hidden(effect, StyleEffect::kDisplay, value == "none");
    } else if (name == "visibility") {
      set_hidden(effect, StyleEffect::kVisibility,
                 value == "hidden" || value == "collapse");
    } else if (name == "mso-hide") {
      set_hidden(effect, StyleEffect::kDisplay, value == "all");
    } else if (name == "color") {
      take_colour(value, effect);
    } else if (name == "background" || name == "background-color" ||
               name == "background-image") {
      effect.background |= !value.empty() && value != "none" && !is_white(value);
      effect.behind = value;
    } else if (name == "direction") {
      effect.right_to_left |= value == "rtl";
    } else if (name == "unicode-bidi") {
      effect.overrides |= value.find("override") != std::string::npos;
    } else if (name == "flex-direction" || name == "flex-flow") {
      effect.reverses_children |= value.find("reverse") != std::string::npos;
    } else if (name == "content") {
      take_content(declaration.substr(colon + 1), effect);
    } else {
      take_size(name, value, effect);
      take_place(name, value, effect);
    }
  }
  return effect;
}

}  // namespace noshare::extract
