// Reads declarations of style. See html_style.h.
#include "extract/html_style.h"

#include <charconv>
#include <cstdint>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// Without white space and comments, in lower case.
std::string squeezed(std::string_view text) {
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

void take_size(std::string_view name, std::string_view value, StyleEffect& effect) {
  if (name == "font-size" || name == "opacity" || name == "max-height" ||
      name == "max-width") {
    effect.hides |= is_zero(value);
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
  if (name == "order" || name == "left") {
    if (const auto place = number_of(value)) effect.place = static_cast<int>(*place);
  }
  if (name == "float") effect.floats_right |= value == "right";
}

// The text of "content: 'a' \"b\"", with its escapes (CSS 2.2 section 4.1.3) undone.
std::string content_of(std::string_view value) {
  std::string text;
  char quote = '\0';
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (quote == '\0') {
      if (c == '"' || c == '\'') quote = c;
      continue;
    }
    if (c == quote) {
      quote = '\0';
    } else if (c == '\\') {
      std::uint32_t code = 0;
      const char* begin = value.data() + i + 1;
      const std::size_t most = std::min<std::size_t>(6, value.size() - i - 1);
      const char* end = std::from_chars(begin, begin + most, code, 16).ptr;
      i += static_cast<std::size_t>(end - begin);
      if (end != begin) append_utf8(text, code);
      if (i + 1 < value.size() && value[i + 1] == ' ') ++i;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

bool is_white(std::string_view colour) {
  const std::string value = squeezed(colour);
  return value == "white" || value == "#fff" || value == "#ffffff" || value == "ffffff" ||
         value == "rgb(255,255,255)" || value == "rgba(255,255,255,1)" ||
         value == "transparent";
}

void StyleEffect::merge(const StyleEffect& other) {
  hides |= other.hides;
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
      effect.content = content_of(declaration.substr(colon + 1));
    } else {
      take_size(name, value, effect);
      take_place(name, value, effect);
    }
  }
  return effect;
}

}  // namespace noshare::extract
